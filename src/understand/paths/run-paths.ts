import { namesOf } from '#know/catalog/index.ts'
import type { Context } from '#platform/context.ts'
import { addDays, daysBetween } from '#platform/days.ts'
import { numberFrom } from '#understand/metrics/index.ts'
import type { Condition, PathPlace, PathStep } from '#understand/query/contract.ts'
import {
  compileKept,
  compilePaths,
  gathered,
  type KeptPlace,
  type PathRow,
  pathAsked,
  placeOf,
  rowsOf,
} from '#understand/query/index.ts'
import { planFor } from '#understand/value/index.ts'
import type { PathAnswer, PathAsks, PathPeriod, PathsWanted } from './contract.ts'

/** Ways as they were gone, counted by one reading of the events, or two where products, categories or pages are told apart; each number with the condition that opens its people. */
export async function runPaths(ctx: Context, { asks, asOf }: PathsWanted, signal?: AbortSignal): Promise<PathAnswer> {
  const { start, back, by, shopIds, where } = asks
  const way = { start, by, shopIds, ...(back ? { back } : {}) }
  const whole: Condition = { is: 'path', ...definedOf(way), steps: [], ...asks.period }
  const plan = await planFor(ctx, { where: { is: 'and', of: [where, whole] }, asOf })
  const [whose] = plan.where.is === 'and' ? plan.where.of : []
  const now = pathAsked({ ...way, ...asks.period }, plan.yardstick)
  const period = { from: now.from, to: now.to }
  const before = asks.compare ? daysBefore(period) : null
  const people = { ...plan, where: whose! }
  const ways = { now, steps: asks.steps, keep: asks.places }
  const kept = by && (await rowsOf<KeptPlace>(ctx, compileKept(people, ways), signal))
  const earlier = before ? pathAsked({ ...way, ...before }, plan.yardstick) : undefined
  const rows = await rowsOf<PathRow>(ctx, compilePaths(people, { ...ways, before: earlier, kept }), signal)
  const told = placesOf(rows, by)
  const all = rows.find(({ kind, at }) => kind === 'all' && at === 1)
  const went = (steps: PathStep[], days: PathPeriod): Condition => {
    const gone: Condition = { is: 'path', ...definedOf(way), steps, ...days }
    return where.is === 'everyone' ? gone : { is: 'and', of: [where, gone] }
  }
  const sums = (row: PathRow | undefined, steps: PathStep[]) => ({
    visits: row?.visits ?? 0,
    people: row?.people ?? 0,
    share: numberFrom('visitShare', { visitsOnWay: row?.visits ?? 0, visits: all?.visits ?? 0 }),
    visitsBefore: before ? (row?.visitsBefore ?? 0) : null,
    peopleBefore: before ? (row?.peopleBefore ?? 0) : null,
    whose: went(steps, asks.period),
    whoseBefore: before && went(steps, before),
  })
  const names = by === 'product' ? await productNames(ctx, told) : new Map<number, string>()
  const stepOf = (at: number, label: string): PathStep => told.get(at)!.get(label)!
  const anything = (count: number): PathStep[] => Array.from({ length: count }, () => ({}))
  return {
    asOf: plan.lens.asOf,
    period,
    before,
    all: sums(all, []),
    places: rows
      .filter(({ kind }) => kind === 'place')
      .map((row) => {
        const step = stepOf(row.at, row.label)
        return {
          at: row.at,
          key: row.label,
          ...wordsOf(step, names),
          ...sums(row, [...anything(row.at - 1), step]),
        }
      }),
    links: rows
      .filter(({ kind, at }) => kind === 'link' && at > 1)
      .map((row) => ({
        at: row.at,
        from: row.of,
        to: row.label,
        ...sums(row, [...anything(row.at - 2), stepOf(row.at - 1, row.of), stepOf(row.at, row.label)]),
      })),
  }
}

/** As many days right before. */
function daysBefore({ from, to }: { from: string; to: string }) {
  const count = daysBetween(from, to) + 1
  return { from: addDays(from, -count), to: addDays(from, -1) }
}

/** By step and label, what each place means in a question; all that are not kept at a step are what is none of those that are. */
function placesOf(rows: readonly PathRow[], by: PathAsks['by']): Map<number, Map<string, PathStep>> {
  const told = new Map<number, Map<string, PathStep>>()
  for (const { kind, at, label } of rows) {
    if (kind !== 'place' || label === gathered) continue
    told.set(at, (told.get(at) ?? new Map()).set(label, { in: [placeOf(label, by)] }))
  }
  for (const places of told.values()) {
    const kept = [...places.values()].flatMap(({ in: among = [] }) => among)
    places.set(gathered, { out: kept.filter(({ did }) => did !== 'nothing') })
  }
  return told
}

function wordsOf({ in: among }: PathStep, names: ReadonlyMap<number, string>) {
  const [place] = among ?? []
  if (!place) return { did: null, of: null }
  const { did, category, productId, page } = place
  const of = productId === undefined ? (category ?? page) : names.get(productId) || `#${productId}`
  return { did, of: of ?? null }
}

async function productNames(ctx: Context, told: ReadonlyMap<number, ReadonlyMap<string, PathStep>>) {
  const places = [...told.values()].flatMap((one) => [...one.values()].flatMap(({ in: among = [] }) => among))
  const ids = places.flatMap(({ productId }: PathPlace) => productId ?? [])
  const called = await namesOf(
    ctx,
    ids.map((id) => ({ id, code: '' })),
  )
  return new Map(ids.map((id) => [id, called({ id, code: '' })]))
}

function definedOf<T extends object>(of: T): T {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as T
}
