import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { PrivacyRequest, refusals } from './contract.ts'
import { rightRefused } from './facts.ts'
import { getRequest } from './list-requests.ts'
import { requestOf } from './request.ts'

/**
 * Says why a request is not done, and what the person was told.
 * @throws Refusal `rights.unknown`, `http.stale`, `rights.not_open`
 */
export function refuse(
  ctx: Context,
  version: number,
  { id, refusal, answer }: { id: number; refusal: (typeof refusals)[number]; answer: string },
): Promise<PrivacyRequest> {
  return inTransaction(ctx, async (ctx) => {
    const request = await requestOf(ctx, id, true)
    if (request.version !== version) throw new Refusal('stale', 'http.stale')
    if (request.state !== 'open') throw new Refusal('conflict', 'rights.not_open')
    const now = ctx.clock.machine()
    await sql`
      update privacy_requests
         set state = 'refused', refusal = ${refusal}, answer = ${answer}, decided_by = ${ctx.actor.label}, decided_at = ${now},
             done_at = ${now}, version = version + 1
       where id = ${id}`.execute(ctx.db)
    await announce(ctx, rightRefused, { subjectId: id, data: { refusal } })
    return getRequest(ctx, id)
  })
}
