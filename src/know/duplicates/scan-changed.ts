import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { scoreFew } from './likeness/score-few.ts'
import { peopleOf } from './people.ts'
import { dropStale, saveFound } from './save-found.ts'
import { atLeast, beginScan, endScan, horizonLast, learntLast } from './scan.ts'
import { scanAll } from './scan-all.ts'
import { withProposed } from './weigh-proposed.ts'

/** Of so few customers all are looked at again in a second. */
const few = 20_000
/** More changes than this are an import: then all are looked at. */
const mostChanged = 20_000
/** Whom one changed person is compared with at most, by one trait. */
const mostAlike = 20

/**
 * Looks at the customers who changed since the last look, against those who share a trait with them that the records can find by an
 * index. The nightly look over all finds the rest.
 * @returns how many suggestions are new
 */
export async function scanChanged(ctx: Context, signal?: AbortSignal): Promise<number | undefined> {
  const [learnt, horizon] = [await learntLast(ctx), await horizonLast(ctx)]
  const changed = horizon === undefined ? [] : await changedSince(ctx, horizon)
  if (horizon !== undefined && changed.length === 0) return 0
  if (!learnt || horizon === undefined || learnt.people < few || changed.length > mostChanged)
    return scanAll(ctx, { signal })

  const scan = await beginScan(ctx, 'changed', null)
  if (!scan) return 0
  try {
    const pairs = await alike(ctx, changed)
    const people = await peopleOf(ctx, [...new Set([...changed, ...pairs.flat()])])
    const found = scoreFew(people, pairs, learnt, atLeast)
    const added = await saveFound(ctx, scan.id, await withProposed(ctx, found, learnt, changed))
    await dropStale(ctx, scan.id, changed)
    await endScan(ctx, scan.id, { state: 'done', people: changed.length, looked: pairs.length, found: found.length })
    return added
  } catch (error) {
    await endScan(ctx, scan.id, { state: 'failed' })
    throw error
  }
}

async function changedSince(ctx: Context, horizon: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from customers where xid >= ${horizon}::xid8 and merged_into is null order by xid, id
     limit ${mostChanged + 1}`.execute(ctx.db)
  return rows.map(({ id }) => id)
}

/**
 * Pairs of a changed customer and somebody with the same phone (or its ends), e-mail or reading of the name, or who is
 * suggested already.
 */
async function alike(ctx: Context, changed: readonly number[]): Promise<[number, number][]> {
  const { rows } = await sql<{ one: number; other: number }>`
    with changed as (
      select id, pinyin from customers where id = any(${changed}::bigint[])
    ),
    own as (
      select map.customer_id as id, i.kind, i.scope, i.value
        from profile_customers as map join identifiers as i on i.profile_id = map.profile_id
       where map.customer_id = any(${changed}::bigint[]) and i.kind in ('phone', 'email') and not i.shared
    )
    select changed.id as one, same.id as other
      from changed, lateral (select id from customers where pinyin = changed.pinyin and id <> changed.id limit ${mostAlike}) as same
    union
    select own.id, same.customer_id
      from own, lateral (select map.customer_id from identifiers as i join profile_customers as map on map.profile_id = i.profile_id
                          where i.kind = own.kind and i.value = own.value and map.customer_id <> own.id limit ${mostAlike}) as same
    union
    select own.id, same.customer_id
      from own, lateral (select map.customer_id from identifiers as i join profile_customers as map on map.profile_id = i.profile_id
                          where i.kind = 'phone' and right(i.value, 4) = right(own.value, 4) and map.customer_id <> own.id
                            and left(i.value, 6) = left(own.value, 6) limit ${mostAlike}) as same
     where own.kind = 'phone'
    union
    select one_id, other_id from duplicate_suggestions
     where state = 'open' and (one_id = any(${changed}::bigint[]) or other_id = any(${changed}::bigint[]))`.execute(
    ctx.db,
  )
  const pairs = new Map(
    rows.map(({ one, other }) => [`${Math.min(one, other)} ${Math.max(one, other)}`, [one, other] as [number, number]]),
  )
  return [...pairs.values()]
}
