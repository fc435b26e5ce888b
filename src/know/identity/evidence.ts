import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { arrayText } from '#platform/postgres/array-text.ts'
import { type Bringer, type Decision, decide, type Evidence, type Held, type Order, orderOf } from './decide.ts'
import type { Rules } from './rules.ts'

/** Holders of one identifier that are looked at: a phone that ten thousand typed in to get past a form ties nobody. */
const mostHolders = 20

/** Who is who, and where the nodes in it that were merged are shown. */
export type Weighed = { decision: Decision; survivors: ReadonlyMap<number, number> }

/**
 * Decides who is who in a batch with what the records know: one read, and two more where customers meet or an exclusive
 * identifier came. The caller holds the identifiers, and who is whom as a whole where it will tie customers.
 */
export async function weigh(ctx: Context, bringers: readonly Bringer[], rules: Rules): Promise<Weighed> {
  const order = orderOf(bringers, rules)
  const held = await holdersOf(ctx, order)
  const survivors = survivorsIn(bringers, held)
  const first = decide(bringers, { held, exclusives: new Map(), cuts: [] }, rules, order)
  if (first.contested.length === 0) return { decision: first, survivors }
  const exclusives = await exclusivesOf(ctx, first.contested, rules)
  const cuts = await cutsAmong(ctx, first.contested)
  if (exclusives.size === 0 && cuts.length === 0) return { decision: first, survivors }
  return { decision: decide(bringers, { held, exclusives, cuts }, rules, order), survivors }
}

function survivorsIn(bringers: readonly Bringer[], held: Evidence['held']): Map<number, number> {
  const survivors = new Map<number, number>()
  const note = (node: number | undefined, customer: number | undefined) => {
    if (node !== undefined && customer !== undefined && node !== customer) survivors.set(node, customer)
  }
  for (const { homeId, customerId } of bringers) note(homeId, customerId)
  for (const { holders } of held.values()) for (const { homeId, customerId } of holders) note(homeId, customerId)
  return survivors
}

async function holdersOf(ctx: Context, { keys }: Order): Promise<ReadonlyMap<string, Held>> {
  if (keys.length === 0) return new Map()
  // Sorted as the index is: neighbours lie on the same page.
  const asked = keys.map(({ key }) => key).sort()
  const parts = asked.map(partsOf)
  const { rows } = await sql<{ place: number; shared: boolean; customerId: number | null; homeId: number | null }>`
    select asked.place, found.*
      from unnest(${arrayText(parts.map((one) => one.kind))}::text[], ${arrayText(parts.map((one) => one.scope))}::text[],
                  ${arrayText(parts.map((one) => one.value))}::text[]) with ordinality as asked(kind, scope, value, place)
      cross join lateral (
        select distinct map.customer_id, coalesce(map.home_id, map.customer_id) as home_id, i.shared
          from identifiers as i left join profile_customers as map on map.profile_id = i.profile_id
         where i.kind = asked.kind and i.value = asked.value and i.scope = asked.scope
         order by 1, 2 limit ${mostHolders}) as found`.execute(ctx.db)
  const held = new Map<string, { holders: { customerId: number; homeId: number }[]; shared: boolean }>()
  for (const { place, shared, customerId, homeId } of rows) {
    const key = asked[place - 1]!
    let one = held.get(key)
    if (!one) {
      one = { holders: [], shared: false }
      held.set(key, one)
    }
    one.shared ||= shared
    if (customerId !== null) one.holders.push({ customerId, homeId: homeId! })
  }
  return held
}

async function exclusivesOf(ctx: Context, ids: readonly number[], rules: Rules): Promise<Evidence['exclusives']> {
  const kinds = [...rules].flatMap(([kind, { exclusive }]) => (exclusive ? [kind] : []))
  const { rows } = await sql<{ customerId: number; key: string }>`
    select map.customer_id, concat_ws(' ', i.kind, i.scope, i.value) as key
      from profile_customers as map join identifiers as i on i.profile_id = map.profile_id
     where map.customer_id = any(${ids}::bigint[]) and i.kind = any(${kinds}::text[])`.execute(ctx.db)
  const found = new Map<number, string[]>()
  for (const { customerId, key } of rows) {
    const keys = found.get(customerId)
    if (keys) keys.push(key)
    else found.set(customerId, [key])
  }
  return found
}

async function cutsAmong(ctx: Context, ids: readonly number[]): Promise<[number, number][]> {
  const { rows } = await sql<{ one: number; other: number }>`
    with nodes as materialized (
      select id, coalesce(merged_into, id) as survivor from customers
       where id = any(${ids}::bigint[]) or merged_into = any(${ids}::bigint[])
    )
    select distinct one.survivor as one, other.survivor as other
      from identity_cuts as c join nodes as one on one.id = c.one_id join nodes as other on other.id = c.other_id
     where c.lifted_by is null and one.survivor <> other.survivor`.execute(ctx.db)
  return rows.map(({ one, other }) => [one, other])
}

/** `kind scope value`; the value may hold spaces, the scope may not. */
export function partsOf(key: string): { kind: string; scope: string; value: string } {
  const first = key.indexOf(' ')
  const second = key.indexOf(' ', first + 1)
  return { kind: key.slice(0, first), scope: key.slice(first + 1, second), value: key.slice(second + 1) }
}

export function keyOf({ kind, scope, value }: { kind: string; scope: string; value: string }): string {
  return `${kind} ${scope} ${value}`
}
