import { createHash, timingSafeEqual } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { type HttpBindings, serve } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Config } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import { createServer, nonceOf, recorder } from '#platform/http/index.ts'
import type { Module } from '#platform/module.ts'
import { apiPage } from './api-page.ts'
import { authentication } from './authenticate.ts'
import { health } from './health/index.ts'
import { createMetrics } from './metrics.ts'
import { openApiOf } from './openapi.ts'
import { mountSite } from './site.ts'

export type Server = { port: number; stop(): Promise<void> }

/**
 * Answers HTTP until stopped: API, pages, /health, /metrics, /openapi.json and /docs/api. `stop` takes no new request, lets
 * running ones end (at most 10 s), then closes.
 * @throws Error that says what to do when the port is taken
 */
export async function startServer(config: Config, ctx: Context, modules: readonly Module[]): Promise<Server> {
  const document = await openApiOf(modules)
  const metrics = createMetrics(config, ctx)
  const told = recorder()
  const app = createServer({
    recorder: told,
    modules,
    ctx,
    authenticate: authentication(),
    ipOf: (request, env) => ipOf(config, request, env),
    isHttps: (request) => isHttps(config, request),
    observe: metrics.answered,
  }) as unknown as Hono

  app.get('/openapi.json', (c) => c.json(document))
  app.get('/docs/api', (c) => c.html(apiPage(document, nonceOf(c))))
  app.get('/health', async (c) => {
    const now = await health(ctx)
    return c.json(now, now.ok ? 200 : 503)
  })
  app.get('/metrics', async (c) => {
    if (!mayReadMetrics(config, c.req.raw, c.env)) return c.text('Forbidden', 403)
    return c.text(await metrics.read(), 200, { 'content-type': metrics.contentType })
  })
  mountSite(app)

  const server = serve({
    fetch: app.fetch,
    hostname: config.host,
    port: config.port,
    // Headers have a minute (Node's own limit); a file of gigabytes from a phone may take hours.
    serverOptions: { requestTimeout: 4 * 3600_000 },
  })
  const port = await new Promise<number>((resolve, reject) => {
    server.once('listening', () => resolve((server.address() as AddressInfo).port))
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES' && error.code !== 'EADDRNOTAVAIL') return reject(error)
      const why = {
        EADDRINUSE: 'another program uses it',
        EACCES: 'it needs more rights',
        EADDRNOTAVAIL: 'this machine has no such address',
      }[error.code]
      reject(
        new Error(
          `Cannot listen on ${config.host}:${config.port}: ${why}. Set PORT (or HOST) to another one, or PORT=0 for any free port.`,
        ),
      )
    })
  })
  return {
    port,
    stop: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 10_000)
        server.close(() => {
          clearTimeout(cut)
          told.flush().then(resolve, resolve)
        })
        if ('closeIdleConnections' in server) server.closeIdleConnections()
      }),
  }
}

/** The peer's address; a proxy's word for it only where the operator trusts one. */
function ipOf(config: Config, request: Request, env: unknown): string {
  const forwarded = config.trustProxy ? request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return forwarded || peerOf(env)
}

function peerOf(env: unknown): string {
  return (env as Partial<HttpBindings>)?.incoming?.socket.remoteAddress ?? 'unknown'
}

/** Whether the browser speaks https: a trusted proxy says so, or the request came to the host of an https PUBLIC_URL. */
function isHttps(config: Config, request: Request): boolean {
  const forwarded = config.trustProxy ? request.headers.get('x-forwarded-proto')?.split(',').at(-1)?.trim() : undefined
  if (forwarded) return forwarded === 'https'
  const address = config.publicUrl ? new URL(config.publicUrl) : undefined
  return address?.protocol === 'https:' && address.host === request.headers.get('host')
}

/** By the token, where there is one; else only who sits at this machine. What a proxy hands on does not, whatever it says. */
function mayReadMetrics({ metricsToken }: Config, { headers }: Request, env: unknown): boolean {
  if (metricsToken) return same(headers.get('authorization') ?? '', `Bearer ${metricsToken}`)
  const handedOn = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'].some((name) =>
    headers.has(name),
  )
  return !handedOn && isLoopback(peerOf(env))
}

/** Compared in a time that does not tell how much of it is right. */
function same(told: string, secret: string): boolean {
  const hashOf = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hashOf(told), hashOf(secret))
}

function isLoopback(ip: string): boolean {
  return ip === '::1' || ip.startsWith('127.') || ip.startsWith('::ffff:127.')
}
