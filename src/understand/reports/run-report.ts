import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import type { Day } from '#platform/days.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import { type Counted, definitions, numberFrom } from '#understand/metrics/index.ts'
import type { Condition, OfOrders } from '#understand/query/contract.ts'
import { lensOf, productsIn } from '#understand/query/index.ts'
import { namesFor, planFor, sentenceOf } from '#understand/value/index.ts'
import type { Answer, Asks, ReportCell, ReportMetric, ReportRow } from './contract.ts'
import { type CountedRows, countRows, type Division, divisionOf, nothing } from './count-report.ts'
import { namesOfSplit } from './part.ts'
import { peopleBehind, type Whose } from './people-behind.ts'
import { type Days, daysOf, shiftOf } from './period.ts'

/** Rows that are shown of what is bought and where: the largest. */
const rowsShown = 50

/**
 * The answer to a report, for whom the actor sees.
 * @throws Refusal `metrics.days_reversed`, `reports.too_many_spans`, and as `planFor`
 */
export async function runReport(
  ctx: Context,
  { asks, asOf: asked }: { asks: Asks; asOf?: Day },
  signal?: AbortSignal,
): Promise<Answer> {
  const looks = { asOf: asked, shopId: asks.shopId }
  const [{ asOf }, { currency }, names] = await Promise.all([
    lensOf(ctx, looks),
    merchantOf(ctx),
    namesFor(ctx, { productIds: productsIn(asks.where) }),
  ])
  const days = daysOf(asks.period, asOf)
  const shift = shiftOf(asks.period, days, asks.compare)
  const [plan, division] = await Promise.all([
    planFor(ctx, { ...looks, where: asks.where }),
    divisionOf(ctx, asks, asOf, days),
  ])
  const everybody = asks.where.is === 'everyone' && plan.lens.ownerIds === undefined
  const count = (of: Division, span: Days) => countRows(ctx, plan, of, { days: span, everybody }, signal)
  const then = shift && daysShifted(days, shift)
  const before = shift && { division: shifted(division, shift), days: then! }
  const whole: Division = { by: 'whole' }
  const [rows, all, rowsBefore, allBefore] = await Promise.all([
    division.by === 'whole' ? new Map() : count(division, days),
    count(whole, days),
    before && division.by !== 'whole' ? count(before.division, before.days) : undefined,
    before ? count(whole, before.days) : undefined,
  ])
  const cells = (counted: Counted | undefined, earlier: Counted | undefined, whose: Whose, span = days) =>
    asks.metrics.map((metric) => cellOf(metric, counted ?? nothing, before && (earlier ?? nothing), whose, span))
  const shown = await rowsOf(ctx, { asks, division, rows, rowsBefore, cells })
  const found = [...shown, ...anonymousRow(ctx, { asks, division, everybody, all, allBefore, cells })]
  return {
    asOf,
    currency,
    asks,
    sentence: await sentenceOf(ctx, asks.where, names),
    period: days,
    before: before?.days ?? null,
    metrics: asks.metrics.map((key) => ({ key, unit: definitions[key].unit })),
    rows: found.slice(0, division.by === 'spans' ? found.length : rowsShown),
    all: { key: 'all', name: null, cells: cells(all.get('1'), allBefore?.get('1'), { where: asks.where }) },
    left: division.by === 'spans' ? 0 : Math.max(0, found.length - rowsShown),
  }
}

const daysShifted = ({ from, to }: Days, shift: (day: Day) => Day): Days => ({ from: shift(from), to: shift(to) })

function shifted(division: Division, shift: (day: Day) => Day): Division {
  if (division.by !== 'spans') return division
  return { by: 'spans', spans: division.spans.map((span) => daysShifted(span, shift)) }
}

function cellOf(
  metric: ReportMetric,
  counted: Counted,
  earlier: Counted | undefined,
  whose: Whose,
  days: Days,
): ReportCell {
  const value = numberFrom(metric, counted)
  // Who is there is told of the day of the question, not of a day of the past.
  const before = earlier && metric !== 'customers' ? numberFrom(metric, earlier) : null
  const change = value !== null && before ? (value - before) / Math.abs(before) : null
  return { value, before, change, people: peopleBehind(metric, days, whose) }
}

type Cells = (counted: Counted | undefined, earlier: Counted | undefined, whose: Whose, span?: Days) => ReportCell[]

async function rowsOf(
  ctx: Context,
  of: { asks: Asks; division: Division; rows: CountedRows; rowsBefore?: CountedRows; cells: Cells },
): Promise<ReportRow[]> {
  const { asks, division, rows, rowsBefore, cells } = of
  const { where } = asks
  const told = (key: string, whose: Omit<Whose, 'where'>, span?: Days) =>
    cells(rows.get(key), rowsBefore?.get(key), { where, ...whose }, span)
  switch (division.by) {
    case 'whole':
      return []
    case 'spans':
      return division.spans.map((span, at) => ({
        key: span.from,
        name: null,
        from: span.from,
        cells: told(String(at + 1), {}, span).map((cell, place) =>
          asks.metrics[place] === 'customers' ? { ...cell, value: null, people: null } : cell,
        ),
      }))
    case 'people': {
      const found = division.parts.map(({ key, name, where: part }, at) => ({
        key,
        name,
        cells: told(String(at + 1), { part }),
      }))
      return division.split === 'stage' || division.split === 'class' ? found : largestFirst(found.filter(hasNumbers))
    }
    default: {
      const keys = [...new Set([...rows.keys(), ...(rowsBefore?.keys() ?? [])])]
      const name = await namesOfSplit(ctx, division.split, keys)
      const found = keys.map((key) => {
        const orders = ordersOf(division, key)
        const found = told(key, { orders })
        return { key, name: name(key), cells: orders ? found : found.map((cell) => ({ ...cell, people: null })) }
      })
      return largestFirst(found.filter(hasNumbers))
    }
  }
}

/** What a row's orders have in common; undefined where a question cannot say it: what has no category, brand, product or channel. */
function ordersOf(division: Extract<Division, { by: 'places' | 'goods' }>, key: string): OfOrders | undefined {
  if (division.by === 'places') {
    const shopIds = division.groups.filter(({ group }) => group === Number(key)).map(({ shopId }) => shopId)
    return shopIds.length > 0 ? { shopIds } : undefined
  }
  if (division.split === 'category') return key ? { categories: [key] } : undefined
  if (Number(key) === 0) return undefined
  return division.split === 'brand' ? { brandIds: [Number(key)] } : { productIds: [Number(key)] }
}

/** By what customers are, sales to nobody known have no row: one of their own makes the rows whole. */
function anonymousRow(
  { actor }: Context,
  of: { asks: Asks; division: Division; everybody: boolean; all: CountedRows; allBefore?: CountedRows; cells: Cells },
): ReportRow[] {
  if (of.division.by !== 'people' || !of.everybody) return []
  const left = (all: CountedRows | undefined): Counted | undefined => {
    const { revenue = 0, knownRevenue = 0, purchases = 0, knownPurchases = 0 } = all?.get('1') ?? nothing
    return { ...nothing, revenue: revenue - knownRevenue, purchases: purchases - knownPurchases }
  }
  const whose: Whose = { where: nobody }
  const cells = of
    .cells(left(of.all), of.allBefore && left(of.allBefore), whose)
    .map((cell) => ({ ...cell, people: null }))
  const row = { key: 'anonymous', name: say(actor.locale as Locale, 'metrics.anonymousRevenue'), cells }
  return hasNumbers(row) ? [row] : []
}

const nobody: Condition = { is: 'not', of: { is: 'everyone' } }

const hasNumbers = ({ cells }: ReportRow) =>
  cells.some(({ value, before }) => Boolean(value ?? 0) || Boolean(before ?? 0))

function largestFirst(rows: ReportRow[]): ReportRow[] {
  const first = ({ cells }: ReportRow) => cells[0]?.value ?? 0
  return rows.sort((a, b) => first(b) - first(a) || a.key.localeCompare(b.key))
}
