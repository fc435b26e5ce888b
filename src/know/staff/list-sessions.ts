import type { RequestContext } from '#platform/http/index.ts'
import type { Device } from './contract.ts'
import { deviceOf } from './device.ts'
import { sessionsOf } from './session.ts'

/** Where the actor is signed in, the last used first. */
export async function listSessions(ctx: RequestContext): Promise<Device[]> {
  const rows = await sessionsOf(ctx, ctx.actor.id ?? 0, ctx.request.headers)
  return rows.map(({ userAgent, beganAt, lastSeenAt, ...row }) => ({
    ...row,
    ...deviceOf(userAgent),
    beganAt: beganAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
  }))
}
