import { type RawBuilder, sql } from 'kysely'
import { visibleCustomers } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { State } from './contract.ts'

/**
 * The state of each customer: the last move of any of its profiles holds, so that a merge keeps the later one and its undo gives each its
 * own again. Rows (customer_id, state_id, why, at, actor, move_id); state_id null: none any more.
 * @param of which moves are looked at
 */
export function statesHeld(of: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select distinct on (map.customer_id) map.customer_id, s.to_id as state_id, s.why, s.at, s.actor, s.id as move_id
      from state_moves s join profile_customers map on map.profile_id = s.profile_id
     where ${of} order by map.customer_id, s.id desc`
}

/** Of customers who ever were in a state: their moves. */
export const everIn = (stateId: RawBuilder<unknown>) => sql`
  map.customer_id in (select m.customer_id from state_moves x join profile_customers m on m.profile_id = x.profile_id where x.to_id = ${stateId})`

/** All states in their order, with how many customers of the actor's have each. */
export async function statesOf(ctx: Context): Promise<State[]> {
  const { rows } = await sql<State>`
    with held as (
      select h.state_id, count(*)::int as customers from (${statesHeld(sql`true`)}) h join customers on customers.id = h.customer_id
       where h.state_id is not null and ${visibleCustomers(ctx)} group by h.state_id
    )
    select s.id, s.name, s.means, s.begins, s.ends, s.ended_at is null as offered, s.version, coalesce(held.customers, 0) as customers,
           array(select w.to_id from state_ways w where w.from_id = s.id order by w.to_id) as "to"
      from states s left join held on held.state_id = s.id order by s.place, s.id`.execute(ctx.db)
  return rows
}

/** @throws Refusal `states.unknown` */
export async function stateOf(ctx: Context, id: number): Promise<State> {
  const state = (await statesOf(ctx)).find((one) => one.id === id)
  if (!state) throw new Refusal('not_found', 'states.unknown')
  return state
}

type Rules = Pick<State, 'id' | 'begins' | 'ends' | 'to' | 'offered'>

/** Where one may go from a state, or from none: ids, and null for none. The rule that verbs enforce and screens show. */
export function mayGo(from: number | null, states: readonly Rules[]): (number | null)[] {
  const offered = states.filter((one) => one.offered)
  if (from === null) return offered.filter((one) => one.begins).map(({ id }) => id)
  const here = states.find(({ id }) => id === from)
  if (!here) return []
  return [
    ...offered.filter(({ id }) => here.to.includes(id)).map(({ id }) => id),
    // A state that is given no more may always be left.
    ...(here.ends || !here.offered ? [null] : []),
  ]
}
