import type { Logger } from '../log.ts'
import type { RequestContext } from './request.ts'

/** An answer as logs and metrics tell it: nothing of who is asked about, and no address but its pattern. */
export type Answered = { method: string; route: string; status: number; seconds: number }

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const own = new Set(['/health', '/metrics', '/openapi.json', '/docs/api'])

/** Asked for again and again by machines: a line of each would drown the others. */
const quiet = new Set(['/assets/*', '/health', '/metrics'])

/** @param ctx absent for pages and assets */
export function answeredOf(
  { method, path, status, seconds }: { method: string; path: string; status: number; seconds: number },
  ctx?: RequestContext,
): Answered {
  const route = ctx?.request.route ? `/api${ctx.request.route}` : patternOf(path)
  return { method: methods.has(method) ? method : 'OTHER', route, status, seconds }
}

/** One line a request: its id, who asked (by number), pattern, status, duration. */
export function logAnswer(log: Logger, { seconds, ...answered }: Answered, ctx?: RequestContext): void {
  const line = {
    requestId: ctx?.request.requestId,
    actor: ctx?.actor.label,
    ...answered,
    ms: Math.round(seconds * 1000),
  }
  if (quiet.has(answered.route)) log.debug(line, 'request')
  else log.info(line, 'request')
}

/** The pattern of an address that is no endpoint: a stranger's may hold anything. */
function patternOf(path: string): string {
  if (own.has(path)) return path
  if (path.startsWith('/api/')) return '/api/*'
  return path.startsWith('/assets/') ? '/assets/*' : '/*'
}
