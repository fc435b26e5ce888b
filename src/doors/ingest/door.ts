import type { Context } from '#platform/context.ts'
import { faultOf } from '#platform/log.ts'
import type { Door } from '#platform/module.ts'
import { accept } from './accept.ts'
import { countRefused } from './counts.ts'
import { forgetKeys, knownKey } from './known-keys.ts'
import { overloaded, tooManyFrom } from './overload.ts'
import { limits, requestBody } from './request-body.ts'

/**
 * The tracking API of Segment: `POST /v1/{identify,track,page,screen,group,alias,batch,import}`.
 *
 * What its clients make of our answers decides them (reference: @segment/analytics-node 3.1.0): 2xx and 3xx are taken as delivered,
 * so a 2xx comes only after the commit, and never a 3xx; 400 and 401 make them throw the data away, so those are only for what can
 * never be used; 429 with Retry-After and 503 make them wait and send again.
 */
export const segmentDoor: Door = {
  path: '/v1/*',
  quiet: true,
  async handle(ctx, request, { ip }) {
    const type = typeOf(request.url)
    if (!type) return answer(404, 'unknown_address')
    if (request.method === 'OPTIONS') return preflight()
    if (request.method !== 'POST') return answer(405, 'method', { allow: 'POST, OPTIONS' })
    try {
      return await take(ctx, request, type, ip)
    } catch (error) {
      ctx.log.error(faultOf(error), 'a tracking request could not be kept')
      return answer(503, 'unavailable', { 'retry-after': '5' })
    }
  },
}

const types = new Set(['identify', 'track', 'page', 'screen', 'group', 'alias', 'batch', 'import'])
/** As Segment's own script for browsers calls them. */
const short: Record<string, string> = { i: 'identify', t: 'track', p: 'page', s: 'screen', g: 'group', a: 'alias' }

function typeOf(url: string): string | undefined {
  const [, name = ''] = /\/v1\/([a-z]+)\/?(?:[?#]|$)/.exec(url) ?? []
  const type = short[name] ?? name
  return types.has(type) ? type : undefined
}

async function take(ctx: Context, request: Request, type: string, ip: string): Promise<Response> {
  const body = await requestBody(request)
  if (typeof body === 'string') return refuse(ctx, 400, body)
  const told = read(body)
  if (!told) return refuse(ctx, 400, 'not_json')
  const isBatch = type === 'batch' || type === 'import'
  const count = !isBatch ? 1 : Array.isArray(told.batch) ? told.batch.length : undefined
  if (count === undefined) return refuse(ctx, 400, 'no_batch')
  if (count > limits.messages || (!isBatch && body.length > limits.event)) return refuse(ctx, 400, 'too_large')

  const key = await knownKey(ctx, basicUser(request.headers.get('authorization')) ?? String(told.writeKey ?? ''))
  if (!key) {
    if (tooManyFrom(ctx, `wrong ${ip}`, 60)) return later(60)
    return refuse(ctx, 401, 'unknown_key')
  }
  // A browser's key is in everybody's hands.
  if (key.place === 'browser' && tooManyFrom(ctx, `${key.id} ${ip}`, 1_200)) return later(20)
  if (await overloaded(ctx)) return later(10)

  const accepted = await accept(ctx, {
    keyId: key.id,
    receivedAt: ctx.clock.machine(),
    cameAt: ctx.clock.now(),
    messages: count,
    body: isBatch ? body : named(body, told, type),
  })
  if (accepted === 'busy') return later(2)
  if (accepted === 'kept') return answer(200)
  forgetKeys(ctx)
  return refuse(ctx, 401, 'unknown_key')
}

function read(body: Buffer): Record<string, unknown> | undefined {
  try {
    const told: unknown = JSON.parse(body.toString('utf8'))
    return typeof told === 'object' && told !== null && !Array.isArray(told)
      ? (told as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** A single message says by its address what it is; kept, it says so itself, behind all else. */
function named(body: Buffer, told: Record<string, unknown>, type: string): Buffer {
  if (told.type === type) return body
  const end = body.lastIndexOf('}')
  const comma = Object.keys(told).length > 0 ? ',' : ''
  return Buffer.concat([body.subarray(0, end), Buffer.from(`${comma}"type":"${type}"}`)])
}

function basicUser(header: string | null): string | undefined {
  const [, encoded] = /^Basic +(\S+) *$/i.exec(header ?? '') ?? []
  if (!encoded) return undefined
  return Buffer.from(encoded, 'base64').toString('utf8').split(':')[0] || undefined
}

function refuse(ctx: Context, status: 400 | 401, reason: string): Response {
  countRefused(ctx, reason)
  return answer(status, reason)
}

/** Please again. Not all at the same moment: those who are told at once are told different times. */
function later(seconds: number): Response {
  return answer(429, 'too_many', { 'retry-after': String(seconds + Math.floor(Math.random() * seconds)) })
}

/** Pages of other sites send to us and may read what we say; there is nothing in it but yes and no. */
const open = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
} as const

function answer(status: number, reason?: string, more: Record<string, string> = {}): Response {
  const body = reason ? { success: false, code: `ingest.${reason}` } : { success: true }
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...open, ...more },
  })
}

function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...open,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization, content-type, x-retry-count',
      'access-control-max-age': '86400',
    },
  })
}
