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
  const principal = meta.rate === 'guess' || actor.kind === 'nobody' ? `ip:${networkOf(ctx.request.ip)}` : actor.label
  rates.take(meta.rate, principal)
  if (meta.may === 'open') return
  if (actor.kind === 'nobody') throw new Refusal('unauthenticated', 'http.sign_in')
  if (meta.may !== 'self' && !may(actor.permissions, meta.may)) throw new Refusal('forbidden', 'http.forbidden')
  if (meta.scope === 'all' && actor.scope.kind !== 'all') throw new Refusal('forbidden', 'http.forbidden')
  if (meta.edit && ctx.request.ifMatch === undefined) throw new Refusal('precondition', 'http.if_match_required')
}

/** Who has one IPv6 address has 2^64 of them: they count as one. Another IPv4 address is somebody else. */
function networkOf(ip: string): string {
  if (!ip.includes(':') || ip.includes('.')) return ip
  const [head = '', tail] = ip.split('::')
  const first = head ? head.split(':') : []
  const last = tail ? tail.split(':') : []
  const zeros = Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0')
  return (tail === undefined ? first : [...first, ...zeros, ...last]).slice(0, 4).join(':')
}
