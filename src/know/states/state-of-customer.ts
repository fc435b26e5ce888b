import { sql } from 'kysely'
import { actorNames, seenProfiles } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import type { StateOfCustomer } from './contract.ts'
import { mayGo, statesOf } from './state.ts'

type Row = { fromId: number | null; toId: number | null; why: string; at: Date; actor: string }

/** A customer's state, where she may go from it, and how she came there. @throws Refusal `customers.unknown` */
export async function stateOfCustomer(ctx: Context, id: number): Promise<StateOfCustomer> {
  const rows = await movesOf(ctx, await seenProfiles(ctx, id), 100)
  const [states, names] = await Promise.all([
    statesOf(ctx),
    actorNames(
      ctx,
      rows.map(({ actor }) => actor),
    ),
  ])
  const named = (of: number | null) => {
    const state = states.find((one) => one.id === of)
    return state ? { id: state.id, name: state.name } : null
  }
  const now = states.find((one) => one.id === rows[0]?.toId)
  return {
    state: now ? { id: now.id, name: now.name, means: now.means } : null,
    may: mayGo(now?.id ?? null, states).map(named),
    moves: rows.map(({ fromId, toId, why, at, actor }) => ({
      from: named(fromId),
      to: named(toId),
      why,
      at: at.toISOString(),
      actorName: names.get(actor) ?? null,
    })),
  }
}

/** The state that a customer has; null: none. @throws Refusal `customers.unknown` */
export async function currentState(ctx: Context, id: number): Promise<number | null> {
  return (await movesOf(ctx, await seenProfiles(ctx, id), 1))[0]?.toId ?? null
}

async function movesOf(ctx: Context, profileIds: readonly number[], limit: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select from_id, to_id, why, at, actor from state_moves
     where profile_id = any(${[...profileIds]}::bigint[]) order by id desc limit ${limit}`.execute(ctx.db)
  return rows
}
