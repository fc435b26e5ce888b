import { sql } from 'kysely'
import { merchantOf } from '#know/shops/index.ts'
import { note } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { dayIn } from '#platform/days.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Talk, TalkKind } from './contract.ts'
import { talkCorrected, talkRemoved } from './facts.ts'
import { lockedTalk, talkOf } from './talk.ts'

type Right = { id: number; kind?: TalkKind; at?: string; said?: string | null; problem?: string | null }

/** Tells a talk right; left out stays. @throws Refusal `talks.unknown`, `http.stale`, `talks.not_yet`, `talks.masked` */
export async function correctTalk(ctx: Context, version: number, { id, ...right }: Right): Promise<Talk> {
  const at = right.at === undefined ? undefined : new Date(right.at)
  if (at && at > ctx.clock.now()) throw new Refusal('invalid', 'talks.not_yet')
  // What a masked reader sends back is no words.
  if (right.said === '***' || right.problem === '***') throw new Refusal('invalid', 'talks.masked')
  const { zone } = await merchantOf(ctx)
  return inTransaction(ctx, async (ctx) => {
    const talk = await lockedTalk(ctx, id, version)
    const kind = right.kind ?? talk.kind
    await sql`
      update talks set kind = ${kind}, version = version + 1
             ${at ? sql`, at = ${at}, day = ${dayIn(zone, at)}` : sql``}
             ${right.said === undefined ? sql`` : sql`, said = ${right.said}`}
             ${right.problem === undefined ? sql`` : sql`, problem = ${right.problem}`}
       where id = ${id}`.execute(ctx.db)
    note(ctx, { data: { fields: Object.keys(right) } })
    await announce(ctx, talkCorrected, { profileId: talk.profileId, subjectId: id, data: { talk: kind } })
    return talkOf(ctx, id)
  })
}

/** Takes away a talk that never was; what was promised in it stays. @throws Refusal `talks.unknown`, `http.stale` */
export function removeTalk(ctx: Context, version: number, id: number): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const { kind, profileId } = await lockedTalk(ctx, id, version)
    await sql`delete from talks where id = ${id}`.execute(ctx.db)
    await announce(ctx, talkRemoved, { profileId, subjectId: id, data: { talk: kind } })
  })
}
