import type { EndpointMeta } from '../contract/endpoint.ts'
import { Refusal } from '../refusal.ts'
import type { RateLimits } from './rate.ts'
import type { RequestContext } from './request.ts'

/** Whether an actor may do what a permission names. `*` is the system's; `customers.*` covers a module. */
export function may(permissions: ReadonlySet<string>, permission: string): boolean {
  return permissions.has('*') || permissions.has(permission) || permissions.has(`${permission.split('.')[0]}.*`)
}

/**
 * The one gate before every verb: signed in, not too often, allowed, seeing enough rows, edit against a version.
 * Runs before the input is read, so that a stranger learns nothing from validation.
 * @throws Refusal
 */
export function guard(meta: EndpointMeta, ctx: RequestContext, rates: RateLimits): void {
  const { actor } = ctx
  const principal = meta.rate === 'guess' || actor.kind === 'nobody' ? `ip:${ctx.request.ip}` : actor.label
  rates.take(meta.rate, principal)
  if (meta.may === 'open') return
  if (actor.kind === 'nobody') throw new Refusal('unauthenticated', 'http.sign_in')
  if (meta.may !== 'self' && !may(actor.permissions, meta.may)) throw new Refusal('forbidden', 'http.forbidden')
  if (meta.scope === 'all' && actor.scope.kind !== 'all') throw new Refusal('forbidden', 'http.forbidden')
  if (meta.edit && ctx.request.ifMatch === undefined) throw new Refusal('precondition', 'http.if_match_required')
}
