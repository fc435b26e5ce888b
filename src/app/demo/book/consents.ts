import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { textIdOf } from '#know/consent/index.ts'
import type { Context } from '#platform/context.ts'
import { draw } from '../life/chance.ts'
import { tellFacts } from './said.ts'
import { type Acquaintance, isLoyal, momentOf } from './whom.ts'
import { consentText } from './words.ts'

type Word = {
  of: Acquaintance
  subject: 'contact' | 'pause' | 'less_often' | 'impersonal' | 'minor' | 'deceased'
  channel?: 'sms' | 'email' | 'phone' | 'wechat'
  purpose?: 'care' | 'promotion'
  decision: 'allowed' | 'refused' | 'asked' | 'on'
  way: 'page' | 'staff' | 'import'
  at: number
  until?: number
}

const dayMs = 86_400_000

/** What somebody allowed and refused: at joining on a page or at the till, and later to staff. */
export function* consentsFor(of: Acquaintance, now: number): Generator<Word> {
  const { chance, agent, joined, phone, email } = of
  const { online } = agent.outlet
  const roll = (part: number) => draw(chance, 'word', 12, part)
  const later = momentOf(of, now, 0.5 + 0.5 * roll(0)).getTime()
  const first = { of, subject: 'contact', decision: 'allowed', at: joined } as const
  if (phone && roll(1) < (online ? 0.62 : 0.35)) {
    const way = online ? 'page' : 'import'
    yield { ...first, channel: 'sms', purpose: 'promotion', way }
    yield { ...first, channel: 'sms', purpose: 'care', way }
    if (roll(2) < 0.07)
      yield {
        of,
        subject: 'contact',
        channel: 'sms',
        purpose: 'promotion',
        decision: 'refused',
        way: 'staff',
        at: later,
      }
  } else if (phone && roll(3) < 0.06) {
    yield { ...first, channel: 'sms', purpose: 'promotion', decision: 'asked', way: 'staff', at: later }
  }
  if (email && roll(4) < 0.5) yield { ...first, channel: 'email', purpose: 'promotion', way: 'page' }
  if (phone && isLoyal(of) && roll(5) < 0.2) yield { ...first, channel: 'phone', purpose: 'care', way: 'import' }
  // Who follows the official account gets what it sends until unfollowing.
  if (agent.outlet.letter === 'X' && roll(8) < 0.55) {
    yield { ...first, channel: 'wechat', purpose: 'promotion', way: 'page' }
    yield { ...first, channel: 'wechat', purpose: 'care', way: 'page' }
    if (roll(9) < 0.12)
      yield {
        of,
        subject: 'contact',
        channel: 'wechat',
        purpose: 'promotion',
        decision: 'refused',
        way: 'page',
        at: later,
      }
  }
  const mark = roll(6)
  if (mark < 0.006)
    yield {
      of,
      subject: 'pause',
      decision: 'on',
      way: 'staff',
      at: now - 9 * dayMs,
      until: now + (10 + Math.floor(roll(7) * 60)) * dayMs,
    }
  else if (mark < 0.014) yield { of, subject: 'less_often', decision: 'on', way: 'staff', at: later }
  else if (mark < 0.02) yield { of, subject: 'impersonal', decision: 'on', way: 'page', at: later }
  else if (mark < 0.0212) yield { of, subject: 'minor', decision: 'on', way: 'staff', at: later }
  else if (mark < 0.0222 && of.last !== null && now - of.last > 200 * dayMs)
    yield { of, subject: 'deceased', decision: 'on', way: 'staff', at: later }
}

/**
 * Writes them into the ledger: a yes at the profile of the outlet, where it covers the person's others; a no and a mark at every
 * profile of the person.
 */
export async function recordAll(
  ctx: Context,
  words: readonly Word[],
  { writerOf }: { writerOf(of: Acquaintance): string },
): Promise<void> {
  const text = await textIdOf(ctx, 'zh-CN', consentText)
  const rows = words.map(({ of, subject, channel, purpose, decision, way, at, until }) => ({
    ...{ subject, decision, way, channel: channel ?? 'any', purpose: purpose ?? 'any' },
    said_id: randomUUID(),
    customer_id: of.customerId,
    home: of.profileId,
    opens: decision === 'allowed' || decision === 'asked',
    text: way === 'page' && subject === 'contact' ? text : null,
    proof: way === 'staff' ? '当面说的' : way === 'import' ? '入会登记表' : null,
    until: until === undefined ? null : new Date(until).toISOString(),
    actor: way === 'page' ? 'customer' : way === 'import' ? 'system' : writerOf(of),
    at: new Date(at).toISOString(),
  }))
  await sql`
    insert into consents (said_id, profile_id, covers, subject, channel, purpose, decision, expires_at, way, text_id, proof, actor, at)
    select said_id, map.profile_id,
           case when opens then array(select other.profile_id from profile_customers other
                                       where other.customer_id = row.customer_id and other.profile_id <> home order by 1) else '{}' end,
           subject, channel, purpose, decision, until, way, text, proof, actor, at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row(said_id uuid, customer_id bigint, home bigint, opens boolean, subject text, channel text, purpose text, decision text,
               until timestamptz, way text, text bigint, proof text, actor text, at timestamptz)
      join profile_customers map on map.customer_id = row.customer_id and (not opens or map.profile_id = home)
     order by row.at`.execute(ctx.db)
  await tellFacts(
    ctx,
    rows.map(({ at, actor, home, customer_id, subject, decision, channel, purpose, way }) => ({
      ...{ at, actor, profile_id: home, subject_id: customer_id },
      kind: subject === 'contact' ? `consent.${decision}` : 'consent.marked',
      data: subject === 'contact' ? { channel, purpose, way } : { subject, on: 'on', way },
    })),
  )
}
