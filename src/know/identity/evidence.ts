import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { arrayText } from '#platform/postgres/array-text.ts'
import {
  type Bringer,
  type Brought,
  type Decision,
  decide,
  type Evidence,
  type Held,
  type Holder,
  type Order,
  orderOf,
} from './decide.ts'
import { meanwhile } from './meanwhile.ts'
import type { Rules } from './rules.ts'

/** Holders of one identifier that are looked at: a phone that ten thousand typed in to get past a form ties nobody. */
const mostHolders = 20

/** Who is who, and where the nodes in it that were merged are shown. */
export type Weighed = { decision: Decision; survivors: ReadonlyMap<number, number> }

/** What a batch asks the records: who holds its identifiers, in which order they are weighed. */
export type Question = { order: Order; asked: Asked }

/** Identifiers one by one; many by kind and scope, each with its values. */
type Asked = { count: number; kinds: string; scopes: string; values: string; together: boolean }

/** Fewer identifiers are looked up one by one. */
const fewAsked = 500

export function questionOf(bringers: readonly Brought[], rules: Rules): Question {
  const order = orderOf(bringers, rules)
  const keys = order.keys.map(({ key }) => key)
  return { order, asked: keys.length < fewAsked ? oneByOne(keys) : together(keys) }
}

/** In the order of their index, where neighbours lie on the same page. */
function oneByOne(keys: readonly string[]): Asked {
  const parts = [...keys].sort().map(partsOf)
  return {
    count: keys.length,
    kinds: arrayText(parts.map((one) => one.kind)),
    scopes: arrayText(parts.map((one) => one.scope)),
    values: arrayText(parts.map((one) => one.value)),
    together: false,
  }
}

function together(keys: readonly string[]): Asked {
  const groups = new Map<string, { kind: string; scope: string; values: string[] }>()
  for (const key of keys) {
    const end = key.indexOf(' ', key.indexOf(' ') + 1)
    const head = key.slice(0, end)
    let group = groups.get(head)
    if (!group) {
      group = { ...partsOf(key), values: [] }
      groups.set(head, group)
    }
    group.values.push(key.slice(end + 1))
  }
  const all = [...groups.values()]
  return {
    count: keys.length,
    kinds: arrayText(all.map((one) => one.kind)),
    scopes: arrayText(all.map((one) => one.scope)),
    values: arrayText(all.map((one) => arrayText(one.values))),
    together: true,
  }
}

/**
 * Decides who is who in a batch with what the records know: one read, and two more where customers meet or an exclusive
 * identifier came. The caller holds the identifiers, and who is whom as a whole where it will tie customers.
 * @param write what is written whatever is decided: while Postgres does that, this process decides
 */
export async function weigh(
  ctx: Context,
  bringers: readonly Bringer[],
  rules: Rules,
  question: Question = questionOf(bringers, rules),
  write?: () => Promise<unknown>,
): Promise<Weighed> {
  const { order } = question
  const held = await holdersOf(ctx, question.asked)
  const [, { first, survivors }] = await meanwhile(write !== undefined, write?.() ?? Promise.resolve(), () => ({
    first: decide(bringers, { held, exclusives: new Map(), cuts: [] }, rules, order),
    survivors: survivorsIn(bringers, held),
  }))
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

type Holding = { key: string; shared: boolean; customerId: number | null; homeId: number | null }

async function holdersOf(ctx: Context, asked: Asked): Promise<ReadonlyMap<string, Held>> {
  const held = new Map<string, { holders: Holder[]; shared: boolean }>()
  if (asked.count === 0) return held
  const { rows } = await (asked.together ? holdingsTogether(asked) : holdingsOneByOne(asked)).execute(ctx.db)
  const several = new Map<string, number>()
  const note = (row: Holding) => {
    const { key, shared } = row
    const one = held.get(key)
    const holders = isHeld(row) ? [row] : []
    if (!one) {
      held.set(key, { holders, shared })
      return
    }
    one.shared ||= shared
    one.holders.push(...holders)
    several.set(key, (several.get(key) ?? 1) + 1)
  }
  for (const row of rows) note(row)
  const crowded = [...several].flatMap(([key, found]) => (found > mostHolders ? [key] : []))
  for (const key of crowded) held.delete(key)
  for (const row of await firstHoldersOf(ctx, crowded)) note(row)
  for (const key of several.keys()) {
    const one = held.get(key)
    if (one) one.holders = inOrder(one.holders)
  }
  return held
}

const isHeld = (row: Holding): row is Holding & Holder => row.customerId !== null

const asKey = sql`concat_ws(' ', asked.kind, asked.scope, asked.value) as key`

function holdingsOneByOne(asked: Asked): RawBuilder<Holding> {
  return sql<Holding>`
    select ${asKey}, i.shared, map.customer_id, coalesce(map.home_id, map.customer_id) as home_id
      from ${unnested(asked)}
      cross join lateral (
        select profile_id, shared from identifiers
         where kind = asked.kind and value = asked.value and scope = asked.scope limit ${mostHolders + 1}) as i
      left join lateral (
        select customer_id, home_id from profile_customers where profile_id = i.profile_id offset 0) as map on true`
}

/**
 * Along the index once for all, and their profiles along the map: a hundred thousand searches from the root were two fifths of it. Of a
 * crowded one all rows are read, and few told.
 */
function holdingsTogether(asked: Asked): RawBuilder<Holding> {
  return sql<Holding>`
    with found as materialized (
      select asked.kind, asked.scope, i.*
        from ${unnested(asked)}
        cross join lateral (
          select value, profile_id, shared, row_number() over (partition by value) as nth from identifiers
           where kind = asked.kind and value = any(asked.value::text[]) and scope = asked.scope offset 0) as i
       where i.nth <= ${mostHolders + 1}
    ),
    map as materialized (
      select profile_id, customer_id, home_id from profile_customers where profile_id = any(array(select profile_id from found))
    )
    select concat_ws(' ', found.kind, found.scope, found.value) as key, found.shared, map.customer_id,
           coalesce(map.home_id, map.customer_id) as home_id
      from found left join map on map.profile_id = found.profile_id`
}

/** Of identifiers that more than a few profiles hold: the first customers, whichever rows come first. */
async function firstHoldersOf(ctx: Context, keys: readonly string[]): Promise<Holding[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<Holding>`
    select ${asKey}, found.*
      from ${unnested(oneByOne(keys))}
      cross join lateral (
        select distinct map.customer_id, coalesce(map.home_id, map.customer_id) as home_id, i.shared
          from identifiers as i left join profile_customers as map on map.profile_id = i.profile_id
         where i.kind = asked.kind and i.value = asked.value and i.scope = asked.scope
         order by 1, 2 limit ${mostHolders}) as found`.execute(ctx.db)
  return rows
}

function unnested({ kinds, scopes, values }: Asked): RawBuilder<unknown> {
  return sql`unnest(${kinds}::text[], ${scopes}::text[], ${values}::text[]) as asked(kind, scope, value)`
}

function inOrder(holders: readonly Holder[]): Holder[] {
  const sorted = [...holders].sort((a, b) => a.customerId - b.customerId || a.homeId - b.homeId)
  return sorted.filter(
    ({ customerId, homeId }, at) => customerId !== sorted[at - 1]?.customerId || homeId !== sorted[at - 1]?.homeId,
  )
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
