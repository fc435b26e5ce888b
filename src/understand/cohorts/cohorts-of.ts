import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { numberFrom } from '#understand/metrics/index.ts'
import { answered, firstDayOf, lensOf, rowsOf } from '#understand/query/index.ts'
import { namesFor } from '#understand/value/index.ts'
import { both, firstIn, groupOf, isOver, type Months, monthsOf, monthsSeen, peopleAfter, range } from './cohort.ts'
import { type ChannelShop, type CohortEvent, cohortsSql } from './cohorts-sql.ts'
import { type CellInput, type CohortCell, type CohortRow, type Cohorts, type CohortsInput, fewest } from './contract.ts'

/** Rows that are shown of what is no month: the largest. */
const rowsShown = 20

/** Cohorts as of a day. Answers are kept while the columns stand. */
export async function cohortsOf(ctx: Context, { by, months: count, ...looks }: CohortsInput): Promise<Cohorts> {
  const lens = await lensOf(ctx, looks)
  const months = monthsOf(lens.asOf, count)
  const channels = by === 'channel' ? await channelShops(ctx) : []
  const ask = (how: typeof by) =>
    answered(ctx, `cohorts ${JSON.stringify([how, lens, months, how === 'channel' ? channels : 0])}`, () =>
      rowsOf<CohortEvent>(ctx, cohortsSql(how, lens, months, channels)),
    )
  const [byMonth, events] = await Promise.all([ask('month'), ask(by)])
  const all: CohortRow = { key: 'all', name: null, ...together(byMonth, months, { is: 'everyone' }) }
  const rows = by === 'month' ? monthRows(byMonth, months) : await groupRows(ctx, by, events, months, channels)
  return { asOf: lens.asOf, by, months: range(months.first, months.last).map(nameOf), rows, all }
}

/** The question behind a cell: of a month the people of that month, of others those of all months of which it can be said. */
export async function peopleOfCell(ctx: Context, input: CellInput) {
  const { by, key, after, what } = input
  const { asOf } = await lensOf(ctx, input)
  const months = monthsOf(asOf, input.months)
  if (by === 'month' && key !== 'all') {
    const month = range(months.first, months.last).find((one) => nameOf(one) === key)
    return { asOf, people: peopleAfter(month === undefined ? [] : [month], after, what) }
  }
  const shopIds = by === 'channel' ? shopsOf(await channelShops(ctx), key) : []
  const group = key === 'all' ? ({ is: 'everyone' } as const) : groupOf(by, key, shopIds)
  return { asOf, people: both(group, peopleAfter(monthsSeen(after, months), after, what)) }
}

const nameOf = (month: number) => firstDayOf(month).slice(0, 7)
const shopsOf = (channels: readonly ChannelShop[], key: string) =>
  channels.filter(({ channelId }) => channelId === Number(key)).map(({ shopId }) => shopId)

async function channelShops(ctx: Context): Promise<ChannelShop[]> {
  const { rows } = await sql<ChannelShop>`
    select channel_id, id as shop_id from shops where channel_id is not null order by id`.execute(ctx.db)
  return rows
}

function monthRows(events: readonly CohortEvent[], months: Months): CohortRow[] {
  return range(months.first, months.last).flatMap((month) => {
    const own = events.filter((event) => event.month === month)
    const newBuyers = counted(own, 0, 0)
    if (newBuyers === 0) return []
    const cells = range(0, months.last - month).map((after) =>
      cellOf(after, newBuyers, own, isOver(month + after, months)),
    )
    return [{ key: nameOf(month), name: null, newBuyers, people: firstIn([month]), cells }]
  })
}

async function groupRows(
  ctx: Context,
  by: Exclude<CohortsInput['by'], 'month'>,
  events: readonly CohortEvent[],
  months: Months,
  channels: readonly ChannelShop[],
): Promise<CohortRow[]> {
  const groups = Map.groupBy(events, ({ key }) => key)
  const largest = [...groups]
    .map(([key, own]) => ({ key, own, size: counted(own, 0, 0) }))
    .sort((a, b) => b.size - a.size || a.key.localeCompare(b.key))
    .slice(0, rowsShown)
  const names = await namesOfGroups(
    ctx,
    by,
    largest.map(({ key }) => key),
  )
  return largest.map(({ key, own }) => ({
    key,
    name: names(key),
    ...together(own, months, groupOf(by, key, shopsOf(channels, key))),
  }))
}

async function namesOfGroups(
  ctx: Context,
  by: Exclude<CohortsInput['by'], 'month'>,
  keys: readonly string[],
): Promise<(key: string) => string | null> {
  if (by === 'category') return (key) => key
  if (by === 'channel') {
    const { rows } = await sql<{ id: number; name: string }>`select id, name from channels`.execute(ctx.db)
    const known = new Map(rows.map(({ id, name }) => [String(id), name]))
    return (key) => known.get(key) ?? `#${key}`
  }
  const names = await namesFor(ctx, { productIds: by === 'product' ? keys.map(Number) : [] })
  return (key) => (by === 'way' && key === '0' ? null : (names.nameOf(by, Number(key)) ?? `#${key}`))
}

/** Several months put together: of each month after, only those of which it is over. */
function together(events: readonly CohortEvent[], months: Months, group: CohortRow['people']) {
  const cells = range(0, months.last - months.first).flatMap((after) => {
    const seen = new Set(monthsSeen(after, months))
    const own = events.filter(({ month }) => seen.has(month))
    return seen.size === 0 ? [] : [cellOf(after, counted(own, 0, 0), own, true)]
  })
  return {
    newBuyers: counted(events, 0, 0),
    people: both(group, firstIn(range(months.first, months.last))),
    cells: cells.filter(({ newBuyers }) => newBuyers > 0),
  }
}

function cellOf(after: number, newBuyers: number, events: readonly CohortEvent[], over: boolean): CohortCell {
  const numbers = { newBuyers, boughtAgain: counted(events, 2, after, 0), cameBack: counted(events, 1, after) }
  const share = (name: 'repurchaseWithin' | 'retention') => (newBuyers < fewest ? null : numberFrom(name, numbers))
  return { after, ...numbers, repurchaseWithin: share('repurchaseWithin'), retention: share('retention'), over }
}

/** How many people: of a kind of event, in the months after from one to another. */
function counted(events: readonly CohortEvent[], kind: number, to: number, from = to): number {
  return events.reduce(
    (sum, event) => (event.kind === kind && event.after >= from && event.after <= to ? sum + event.people : sum),
    0,
  )
}
