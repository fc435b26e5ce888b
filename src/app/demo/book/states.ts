import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { draw, happens } from '../life/chance.ts'
import { type Fact, tellFacts } from './said.ts'
import { type Acquaintance, isLoyal, momentOf } from './whom.ts'

const candidate = 'VIP 候选'
const guest = 'VIP'

export type Moved = { of: Acquaintance; to: typeof candidate | typeof guest; why: string; part: number }

const reasons = ['一年内买过八次以上', '常带朋友来', '试饮会上聊得很深', '想跟着节气喝茶'] as const

/** Whom staff proposed for the tea master's table, and whom the owner took in. */
export function* statesFor(of: Acquaintance): Generator<Moved> {
  const { chance, purchases } = of
  if (!isLoyal(of) || purchases < 8 || !happens(chance, 0.3, 'word', 0, 40)) return
  const why = reasons[Math.floor(draw(chance, 'word', 0, 41) * reasons.length)]!
  yield { of, to: candidate, why, part: 0.5 }
  if (purchases >= 12 && happens(chance, 0.45, 'word', 0, 42)) {
    yield { of, to: guest, why: '店长当面邀请，本人愿意', part: 0.9 }
  }
}

/** Declares the states and tells the moves; what the shop says of its margin and of its pots, which last for years. */
export async function keepStates(
  ctx: Context,
  moved: readonly Moved[],
  { profileOf, writerOf }: { profileOf(id: number): number; writerOf(of: Acquaintance): string },
): Promise<void> {
  await sql`
    insert into states (name, means, begins, ends, place)
    values (${candidate}, '值得店长亲自认识的客人', true, true, 1), (${guest}, '每季新茶先到，店长专人照顾', false, true, 2)`.execute(
    ctx.db,
  )
  await sql`
    insert into state_ways (from_id, to_id) select a.id, b.id from states a, states b where a.name = ${candidate} and b.name = ${guest}`.execute(
    ctx.db,
  )
  const { rows: states } = await sql<{ id: number; name: string }>`select id, name from states`.execute(ctx.db)
  const idOf = (name: string) => states.find((one) => one.name === name)!.id
  const now = ctx.clock.now().getTime()
  const rows = moved
    .map(({ of, to, why, part }) => ({
      profile_id: profileOf(of.customerId),
      customer_id: of.customerId,
      from_id: to === guest ? idOf(candidate) : null,
      to_id: idOf(to),
      why,
      actor: writerOf(of),
      at: momentOf(of, now, part).toISOString(),
    }))
    .sort((a, b) => a.at.localeCompare(b.at))
  await sql`
    insert into state_moves (profile_id, from_id, to_id, why, actor, at)
    select profile_id, from_id, to_id, why, actor, at from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row(profile_id bigint, from_id int, to_id int, why text, actor text, at timestamptz) order by at, to_id`.execute(
    ctx.db,
  )
  const facts = rows.map(
    ({ at, actor, profile_id, customer_id, from_id, to_id }): Fact => ({
      ...{ at, actor, profile_id, subject_id: customer_id, kind: 'states.moved', data: { from: from_id, to: to_id } },
    }),
  )
  await tellFacts(ctx, facts)
  await sql`
    insert into settings (name, value, changed_by) values ('value.margin', '{"percent": 55}'::jsonb, 'system') on conflict (name) do nothing`.execute(
    ctx.db,
  )
  await sql`
    insert into stage_thresholds (category, active, silent, sleeping, actor, at)
    select category, 270, 450, 720, 'system', ${ctx.clock.now()} from products where category like '%壶%' or category = '茶具' group by category`.execute(
    ctx.db,
  )
}
