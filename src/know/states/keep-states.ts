import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction, lockFor } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { State } from './contract.ts'
import { stateChanged, stateDeclared } from './facts.ts'
import { stateOf, statesOf } from './state.ts'

type Said = Pick<State, 'name' | 'means' | 'begins' | 'ends' | 'to'>

/** More would be tags. */
const mostStates = 40

/** Who declares, changes and moves takes turns with who changes the rules. */
export const turnOfStates = (ctx: Context) => lockFor(ctx, 'know.states')

/** @throws Refusal `states.taken_name`, `states.unknown`, `states.too_many` */
export function addState(ctx: Context, said: Said): Promise<State> {
  return inTransaction(ctx, async (ctx) => {
    await turnOfStates(ctx)
    const all = await statesOf(ctx)
    if (all.length >= mostStates) throw new Refusal('conflict', 'states.too_many', { most: mostStates })
    refuseTaken(all, said.name)
    const { rows } = await sql<{ id: number }>`
      insert into states (name, means, begins, ends, place)
      select ${said.name}, ${said.means}, ${said.begins}, ${said.ends}, coalesce(max(place), 0) + 1 from states
      returning id`.execute(ctx.db)
    const { id } = rows[0]!
    await saveWays(ctx, id, said.to, all)
    await announce(ctx, stateDeclared, { subjectId: id, data: {} })
    return stateOf(ctx, id)
  })
}

/** @throws Refusal `states.unknown`, `http.stale`, `states.taken_name` */
export function editState(
  ctx: Context,
  version: number,
  { id, ...change }: { id: number; offered?: boolean } & Partial<Said>,
): Promise<State> {
  return inTransaction(ctx, async (ctx) => {
    await turnOfStates(ctx)
    const all = await statesOf(ctx)
    const before = all.find((one) => one.id === id)
    if (!before) throw new Refusal('not_found', 'states.unknown')
    if (before.version !== version) throw new Refusal('stale', 'http.stale')
    const now = { ...before, ...change }
    if (now.offered) refuseTaken(all, now.name, id)
    await sql`
      update states set name = ${now.name}, means = ${now.means}, begins = ${now.begins}, ends = ${now.ends}, version = version + 1,
             ended_at = case when ${now.offered} then null else coalesce(ended_at, ${ctx.clock.now()}) end
       where id = ${id}`.execute(ctx.db)
    if (change.to) await saveWays(ctx, id, change.to, all)
    await announce(ctx, stateChanged, { subjectId: id, data: { fields: Object.keys(change) } })
    return stateOf(ctx, id)
  })
}

function refuseTaken(all: readonly State[], name: string, but?: number): void {
  const taken = all.some((one) => one.id !== but && one.offered && one.name.toLowerCase() === name.toLowerCase())
  if (taken) throw new Refusal('conflict', 'states.taken_name')
}

async function saveWays(ctx: Context, id: number, to: readonly number[], all: readonly State[]): Promise<void> {
  const goals = [...new Set(to)].filter((one) => one !== id)
  if (goals.some((goal) => !all.some((one) => one.id === goal))) throw new Refusal('invalid', 'states.unknown')
  await sql`delete from state_ways where from_id = ${id} and to_id <> all(${goals}::integer[])`.execute(ctx.db)
  await sql`
    insert into state_ways (from_id, to_id) select ${id}::integer, goal from unnest(${goals}::integer[]) as goal
        on conflict do nothing`.execute(ctx.db)
}
