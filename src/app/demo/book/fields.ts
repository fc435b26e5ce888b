import { sql } from 'kysely'
import { addField, type OwnValue } from '#know/fields/index.ts'
import type { Context } from '#platform/context.ts'
import { dayOf } from '../life/calendar.ts'
import { draw, happens, oneOf } from '../life/chance.ts'
import { tellFacts } from './said.ts'
import { type Acquaintance, isLoyal, momentOf } from './whom.ts'
import { type FieldName, fields, health } from './words.ts'

type Said = { of: Acquaintance; field: FieldName; value: OwnValue }

/** What is known of somebody in the shop's own fields. Choices are numbered in their order, from 1. */
export function* valuesFor(of: Acquaintance, now: number): Generator<Said> {
  const { chance, agent } = of
  const roll = (part: number) => draw(chance, 'word', 1, part)
  const loyal = isLoyal(of)
  if (roll(0) < (loyal ? 0.35 : 0.02))
    yield { of, field: '喝茶频率', value: agent.habit === 'devotee' ? 1 : loyal ? 1 + Math.floor(roll(1) * 2) : 3 }
  if (roll(2) < (loyal ? 0.25 : 0.01)) {
    const first = 1 + Math.floor(roll(3) * 5)
    const second = 1 + Math.floor(roll(4) * 5)
    yield { of, field: '冲泡习惯', value: [...new Set([first, second])].sort((a, b) => a - b) }
  }
  if (roll(5) < (agent.habit === 'house' ? 0.6 : loyal ? 0.05 : 0))
    yield { of, field: '储值余额', value: 10_000 * (1 + Math.floor(roll(6) * 50)) }
  if (!agent.outlet.online && loyal && roll(7) < 0.14)
    yield { of, field: '上次茶会', value: dayOf(momentOf(of, now, roll(8)).getTime()) }
  if (happens(chance, loyal ? 0.04 : 0.003, 'word', 1, 9))
    yield { of, field: '身体情况', value: oneOf(health, chance, 'word', 1, 10) }
}

export async function sayFields(
  ctx: Context,
  said: readonly Said[],
  { profileOf, writerOf }: { profileOf(id: number): number; writerOf(of: Acquaintance): string },
): Promise<void> {
  const ids = new Map<string, number>()
  for (const { name, kind, choices, sensitive } of fields) {
    const made = await addField(ctx, { name, kind, sensitive, choices: choices.map((name) => ({ name })) })
    ids.set(name, made.id)
  }
  const now = ctx.clock.now().getTime()
  const rows = said.map(({ of, field, value }) => ({
    customer_id: of.customerId,
    profile_id: profileOf(of.customerId),
    field: `own.${ids.get(field)}`,
    value,
    actor: writerOf(of),
    at: momentOf(of, now, 0.2 + 0.8 * draw(of.chance, 'word', 1, 11)).toISOString(),
  }))
  await sql`
    with said as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row(customer_id bigint, profile_id bigint, field text, value jsonb, actor text, at timestamptz)
    ),
    history as (
      insert into profile_value_changes (profile_id, field, old, new, origin, actor, at)
      select profile_id, field, null, value, 'staff', actor, at from said order by at
    ),
    changed as (
      update customers set version = version + 1, xid = pg_current_xact_id()
       where id in (select customer_id from said)
    )
    insert into profile_values (profile_id, field, value, origin, actor, at)
    select profile_id, field, value, 'staff', actor, at from said`.execute(ctx.db)
  await tellFacts(
    ctx,
    rows.map(({ at, actor, profile_id, customer_id, field }) => ({
      ...{ at, actor, profile_id, kind: 'customers.changed' },
      subject_id: customer_id,
      data: { fields: [field] },
    })),
  )
}
