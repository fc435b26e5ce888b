import { namesOf } from '#know/catalog/index.ts'
import type { TimelineRow, TimelineSource } from '#know/customers/index.ts'
import { mostRows } from './behaviour.ts'
import { toldKinds } from './kinds.ts'

type Row = {
  place: string
  batch: number
  row: number
  kind: string
  event: string
  products: string[]
  product_ids: number[]
  text: string
}

/**
 * What a customer did, for the timeline: by profile it is one read of the sorted columns. An actor of some shops sees what was done at
 * those, and what was done at none. A row's number is its batch's and its place in it.
 */
export const behaviourTimeline: TimelineSource = async (ctx, profileIds, { limit, after, from, to, of }) => {
  if (profileIds.length === 0 || (of && !of.includes('behaviour'))) return []
  const { scope } = ctx.actor
  const result = await ctx.columns.query({
    query: `
SELECT formatDateTime(at, '%F %T.%f') AS place, batch, b.place AS row, kind, event, products, product_ids, text
  FROM behaviour AS b
 WHERE profile_id IN {profiles:Array(UInt64)} AND kind IN {kinds:Array(String)}
   ${after ? `AND (at, batch, b.place) < (parseDateTime64BestEffort({at:String}, 6, 'UTC'), {batch:UInt64}, {row:UInt32})` : ''}
   ${from ? "AND at >= parseDateTime64BestEffort({from:String}, 6, 'UTC')" : ''} ${to ? "AND at < parseDateTime64BestEffort({to:String}, 6, 'UTC')" : ''}
   ${scope.kind === 'shops' ? 'AND shop_id IN {shops:Array(UInt32)}' : ''}
 ORDER BY at DESC, batch DESC, b.place DESC LIMIT {limit:UInt32}`,
    query_params: {
      profiles: profileIds,
      kinds: toldKinds,
      limit,
      ...(from && { from: from.toISOString() }),
      ...(to && { to: to.toISOString() }),
      ...(after && {
        at: after.place,
        batch: Math.floor(after.id / mostRows),
        row: after.id % mostRows,
      }),
      ...(scope.kind === 'shops' && { shops: [0, ...scope.shopIds] }),
    },
    format: 'JSONEachRow',
  })
  const rows = await result.json<Row>()
  const nameOf = await namesOf(ctx, rows.flatMap(productsOf))
  return rows.map((row) => told(row, productsOf(row).map(nameOf)))
}

/** The first of those that a row is about. */
function productsOf({ products, product_ids: ids }: Row) {
  return products.slice(0, 5).map((code, at) => ({ code, id: Number(ids[at] ?? 0) }))
}

function told({ place, batch, row, kind, event, products, product_ids: ids, text }: Row, names: string[]): TimelineRow {
  // ClickHouse keeps milliseconds: the text is as long as a fact's.
  const full = place.padEnd(26, '0')
  return {
    id: batch * mostRows + row,
    at: new Date(`${full.slice(0, 23).replace(' ', 'T')}Z`),
    place: full,
    kind: `behaviour.${kind}`,
    subjectId: ids.length === 1 && ids[0] ? ids[0] : null,
    actor: 'customer',
    historic: false,
    data: { event, products: names.join(', '), count: products.length, text },
  }
}
