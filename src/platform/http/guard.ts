import { type EndpointMeta, personal } from '../contract/endpoint.ts'
import { Refusal } from '../refusal.ts'
import type { RateLimits } from './rate.ts'
import type { RequestContext } from './request.ts'

/** Whether an actor may do what a permission names. `*` is the system's; `customers.*` covers a module. */
export function may(permissions: ReadonlySet<string>, permission: string): boolean {
  return permissions.has('*') || permissions.has(permission) || permissions.has(`${permission.split('.')[0]}.*`)
}

/** How long a password that was given counts as a proof of who is there. */
const provedMs = 15 * 60_000

/**
 * The one gate before every verb: signed in, not too often, allowed, seeing enough rows, edit against a version, and for what
 * changes who gets in: the password given just now.
 * Runs before the input is read, so that a stranger learns nothing from validation.
 * @throws Refusal
 */
export function guard(meta: EndpointMeta, ctx: RequestContext, rates: RateLimits): void {
  const { actor } = ctx
  const principal = meta.rate === 'guess' || actor.kind === 'nobody' ? networkOf(ctx.request.ip) : actor.label
  rates.take(meta.rate, principal)
  if (meta.may === 'open') return
  if (actor.kind === 'nobody') throw new Refusal('unauthenticated', 'http.sign_in')
  if (actor.kind === 'key' && (meta.may === 'self' || meta.proof || personal.test(meta.may))) {
    throw new Refusal('forbidden', 'http.not_for_keys')
  }
  if (actor.waitsFor && meta.may !== 'self') throw new Refusal('forbidden', 'http.second_factor_due')
  if (meta.may !== 'self' && !may(actor.permissions, meta.may)) throw new Refusal('forbidden', 'http.forbidden')
  if (meta.scope === 'all' && actor.scope.kind !== 'all') throw new Refusal('forbidden', 'http.forbidden')
  if (meta.edit && ctx.request.ifMatch === undefined) throw new Refusal('precondition', 'http.if_match_required')
  if (meta.proof && actor.kind === 'staff' && !proved(ctx)) throw new Refusal('forbidden', 'http.prove')
}

function proved({ actor, clock }: RequestContext): boolean {
  return actor.provedAt !== undefined && clock.machine().getTime() - actor.provedAt.getTime() < provedMs
}

/** Whose address this is, for counting. Who has one IPv6 address has 2^64 of them: they count as one. Another IPv4 address is somebody else. */
export function networkOf(ip: string): string {
  if (!ip.includes(':') || ip.includes('.')) return `ip:${ip}`
  const [head = '', tail] = ip.split('::')
  const first = head ? head.split(':') : []
  const last = tail ? tail.split(':') : []
  const zeros = Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0')
  return `ip:${(tail === undefined ? first : [...first, ...zeros, ...last]).slice(0, 4).join(':')}`
}
