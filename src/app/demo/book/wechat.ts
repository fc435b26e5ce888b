import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { draw } from '../life/chance.ts'
import { numberOf } from '../people/person.ts'
import { tellFacts } from './said.ts'
import { type Acquaintance, isLoyal, momentOf } from './whom.ts'

/** The mini program, and the account under which its people are one. No ids that any platform gives: theirs begin otherwise. */
const app = 'xishan-mini'
const account = 'xishan-open'

/** Messages that the mini program asks leave for, one tap for one message. */
const templates = ['新茶到货提醒', '订单发货通知'] as const

type Tap = {
  of: Acquaintance
  template: string
  reason: 'granted' | 'used'
  change: 1 | -1
  at: Date
  reference: string
}

/** Who lets the shop write when a tea comes or a parcel leaves: a tap each; some of them were used. */
function* tapsOf(of: Acquaintance, now: number): Generator<Tap> {
  const roll = (part: number) => draw(of.chance, 'source', 1, part)
  for (const [at, template] of templates.entries()) {
    const keen = template === '订单发货通知' ? 0.3 : isLoyal(of) ? 0.4 : 0.08
    if (roll(at * 10) >= keen) continue
    const taps = 1 + Math.floor(roll(at * 10 + 1) ** 2 * 4)
    const used = Math.floor(roll(at * 10 + 2) * (taps + 1))
    for (let tap = 0; tap < taps; tap += 1) {
      const when = momentOf(of, now, 0.3 + (0.65 * (tap + roll(at * 10 + 3))) / taps)
      const reference = `${numberOf(of.chance.key)}-${at}-${tap}`
      yield { of, template, reason: 'granted', change: 1, at: when, reference }
      if (tap < used)
        yield {
          of,
          template,
          reason: 'used',
          change: -1,
          at: new Date(Math.min(+when + 4 * 86_400_000, now)),
          reference,
        }
    }
  }
}

/** What WeChat knows the people of the mini program by, and the messages that they let the shop send. Set-wise. */
export async function knowWechat(ctx: Context, people: readonly Acquaintance[]): Promise<void> {
  const now = ctx.clock.now().getTime()
  const own = people.filter(({ agent }) => agent.outlet.letter === 'X')
  const ids = own.flatMap(({ profileId, chance, joined }) => {
    const tail = Math.floor(draw(chance, 'source', 2) * 0x100000000).toString(36)
    const at = new Date(joined).toISOString()
    const number = numberOf(chance.key)
    return [
      { profile_id: profileId, kind: 'openid', scope: app, value: `demo-o-${number}${tail}`, at },
      { profile_id: profileId, kind: 'unionid', scope: account, value: `demo-u-${number}${tail}`, at },
    ]
  })
  await sql`
    insert into identifiers (profile_id, kind, scope, value, actor, at)
    select profile_id, kind, scope, value, 'system', at
      from jsonb_to_recordset(${JSON.stringify(ids)}::jsonb) as row(profile_id bigint, kind text, scope text, value text, at timestamptz)
     order by profile_id, kind
        on conflict (profile_id, kind, scope, value) do nothing`.execute(ctx.db)
  const taps = own.flatMap((of) => [...tapsOf(of, now)])
  const rows = taps.map(({ of, at, ...tap }) => ({ ...tap, profile_id: of.profileId, at: at.toISOString() }))
  await sql`
    with told as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row(profile_id bigint, template text, reason text, change int, reference text, at timestamptz)
    ),
    kept as (
      insert into consent_grants (profile_id, channel, app, template, change, reason, reference, actor, at)
      select profile_id, 'wechat', ${app}, template, change, reason, reference, 'system', at from told order by at
    )
    insert into consent_balances (profile_id, channel, app, template, balance)
    select profile_id, 'wechat', ${app}, template, sum(change) from told group by profile_id, template`.execute(ctx.db)
  await tellFacts(
    ctx,
    taps.flatMap(({ of, reason, at }) =>
      reason === 'granted'
        ? {
            ...{ at: at.toISOString(), actor: 'customer', profile_id: of.profileId, subject_id: of.customerId },
            ...{ kind: 'consent.granted', data: { channel: 'wechat', count: 1 } },
          }
        : [],
    ),
  )
}
