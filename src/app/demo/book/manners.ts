import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { draw, happens, oneOf } from '../life/chance.ts'
import { tellFacts } from './said.ts'
import { type Acquaintance, isLoyal, momentOf } from './whom.ts'
import { minds, reasons } from './words.ts'

type Manner = {
  of: Acquaintance
  rule: 'never' | 'only' | 'ask' | 'mind'
  channel?: 'phone' | 'sms'
  from?: number
  to?: number
  weekdays?: number[]
  words?: string
}

/** How somebody wants to be met. */
export function* mannersFor(of: Acquaintance): Generator<Manner> {
  const { chance, agent } = of
  const often = isLoyal(of) ? 1 : 0.15
  const does = (probability: number, part: number) => happens(chance, probability * often, 'word', 10, part)
  if (does(0.02, 0)) yield { of, rule: 'never', channel: 'phone' }
  if (does(0.008, 1)) yield { of, rule: 'never', channel: 'sms' }
  if (does(0.02, 2)) yield { of, rule: 'only', channel: 'phone', from: 18 * 60, to: 21 * 60 }
  if (does(0.006, 3)) yield { of, rule: 'only', weekdays: [6, 7] }
  if (does(0.03, 4)) yield { of, rule: 'mind', words: oneOf(minds, chance, 'word', 10, 5) }
  if (agent.habit === 'house' || (agent.habit === 'collector' && agent.purse === 3)) yield { of, rule: 'ask' }
}

export async function sayManners(
  ctx: Context,
  said: readonly Manner[],
  { profileOf, writerOf }: { profileOf(id: number): number; writerOf(of: Acquaintance): string },
): Promise<void> {
  const now = ctx.clock.now().getTime()
  const rows = said.map(({ of, rule, channel, from, to, weekdays, words }, place) => {
    const actor = writerOf(of)
    return {
      ...{ place, rule, channel, from, to, weekdays, words, actor },
      profile_id: profileOf(of.customerId),
      staff: /^staff:(\d+)$/.exec(actor)?.[1] ?? null,
      reason: oneOf(reasons, of.chance, 'word', 11, place % 7),
      at: momentOf(of, now, draw(of.chance, 'word', 11, 8)).toISOString(),
    }
  })
  const { rows: made } = await sql<{ id: number; place: number }>`
    with told as (
      select *, nextval(pg_get_serial_sequence('manners', 'id')) as id
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as row(place int, profile_id bigint, rule text, channel text, "from" smallint, "to" smallint, weekdays smallint[], words text,
                 reason text, staff bigint, actor text, at timestamptz)
    ),
    kept as (
      insert into manners (id, profile_id, rule, channel, from_minute, to_minute, weekdays, ask_id, words, reason, staff_id, made_at, actor)
             overriding system value
      select id, profile_id, rule, channel, "from", "to", weekdays, case rule when 'ask' then staff end, words, reason, staff, at, actor
        from told where rule <> 'ask' or staff is not null
    )
    select id, place from told`.execute(ctx.db)
  await tellFacts(
    ctx,
    made.map(({ id, place }) => {
      const { at, actor, profile_id, rule } = rows[place]!
      return { at, actor, profile_id, kind: 'manners.said', subject_id: id, data: { rule } }
    }),
  )
}
