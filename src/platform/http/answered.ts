import type { Logger } from '../log.ts'
import type { RequestContext } from './request.ts'

/** An answer as logs and metrics tell it: nothing of who is asked about, and no address but its pattern. */
export type Answered = { method: string; route: string; status: number; seconds: number }

type Told = { method: string; path: string; status: number; seconds: number; door?: string }

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const own = new Set(['/health', '/metrics', '/openapi.json', '/docs/api'])

/** Asked for again and again by machines: a line of each would drown the others. */
const quiet = new Set(['/assets/*', '/health', '/metrics'])

/** @param ctx absent for pages, assets and doors; `door`: the path of the door that answered */
export function answeredOf({ method, path, status, seconds, door }: Told, ctx?: RequestContext): Answered {
  const route = door ?? (ctx?.request.route ? `/api${ctx.request.route}` : patternOf(path))
  return { method: methods.has(method) ? method : 'OTHER', route, status, seconds }
}

/** One line a request: its id, who asked (by number), pattern, status, duration. @param hushed of a door that wants no lines */
export function logAnswer(log: Logger, { seconds, ...answered }: Answered, ctx?: RequestContext, hushed = false): void {
  const line = {
    requestId: ctx?.request.requestId,
    actor: ctx?.actor.label,
    ...answered,
    ms: Math.round(seconds * 1000),
  }
  if (hushed || quiet.has(answered.route)) log.debug(line, 'request')
  else log.info(line, 'request')
}

/** The pattern of an address that is no endpoint: a stranger's may hold anything. */
function patternOf(path: string): string {
  if (own.has(path)) return path
  if (path.startsWith('/api/')) return '/api/*'
  return path.startsWith('/assets/') ? '/assets/*' : '/*'
}
