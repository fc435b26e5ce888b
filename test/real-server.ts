import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect } from 'vitest'
import { modulesOf } from '#app/modules.ts'
import { startServer } from '#app/serve.ts'
import { aStaff, theirPassword } from '#know/staff/testing/index.ts'
import { readConfig } from '#platform/config.ts'
import { type TestContext, useHouse } from '#platform/testing/index.ts'

export type Told = {
  status: number
  headers: Headers
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reads the JSON that it expects
  body: any
}
export type Asked = {
  method?: string
  body?: unknown
  raw?: string | Uint8Array | ReadableStream
  headers?: Record<string, string>
}

/** The server as `npm start` runs it, on a port of its own, with an owner who is signed in. */
export type RealServer = {
  ctx: TestContext
  origin: string
  /** The owner's. */
  cookie: string
  /** As the owner, unless `cookie: ''` is among the headers. POSTs get a key of their own. */
  ask(path: string, asked?: Asked): Promise<Told>
  /** Bytes as they are; what comes back until the server closes. */
  bytes(text: string): Promise<string>
}

export function useRealServer(): (settings?: Record<string, string>, ctx?: TestContext) => Promise<RealServer> {
  const house = useHouse()
  const ends: (() => unknown)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0)) await end()
  })
  return async (settings = {}, given) => {
    const ctx = given ?? (await house())
    const dataDir = mkdtempSync(join(tmpdir(), 'regulars-server-'))
    const config = readConfig({ PORT: '0', REGULARS_DATA: dataDir, ...settings }, dataDir)
    const server = await startServer(config, ctx, modulesOf(config))
    ends.push(
      () => server.stop(),
      () => rmSync(dataDir, { recursive: true, force: true }),
    )
    const origin = `http://127.0.0.1:${server.port}`
    if (!given) await aStaff(ctx, { name: 'Owner', email: 'owner@shop.example', role: 'owner' })
    const signedIn = await fetch(`${origin}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'owner@shop.example', password: theirPassword }),
    })
    let cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    return {
      ctx,
      origin,
      cookie,
      async ask(path, { method = 'GET', body, raw, headers = {} } = {}) {
        const answer = await fetch(`${origin}${path}`, {
          method,
          redirect: 'manual',
          headers: {
            cookie,
            ...(body === undefined && raw === undefined ? {} : { 'content-type': 'application/json' }),
            ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}),
            ...headers,
          },
          body: (raw as string | undefined) ?? (body === undefined ? undefined : JSON.stringify(body)),
          duplex: 'half',
        } as RequestInit)
        const [given] = answer.headers.getSetCookie()
        if (given && !given.includes('Max-Age=0') && headers.cookie === undefined) cookie = given.split(';')[0]!
        const text = await answer.text()
        const isJson = answer.headers.get('content-type')?.includes('json')
        return { status: answer.status, headers: answer.headers, text, body: isJson && text ? JSON.parse(text) : text }
      },
      bytes: (text) =>
        new Promise((resolve, reject) => {
          let got = ''
          const socket = connect(server.port, '127.0.0.1', () => socket.write(text))
          socket.setTimeout(5_000, () => socket.end())
          socket.on('data', (data) => {
            got += data.toString('latin1')
          })
          socket.on('close', () => resolve(got))
          socket.on('error', (error: NodeJS.ErrnoException) => (got ? resolve(got) : reject(error)))
        }),
    }
  }
}

/** A no in the one form that errors have, which quotes nothing of what was sent. */
export function expectProblem(name: string, { status, headers, body }: Told, wanted: number) {
  expect([status, headers.get('content-type'), body.status], `${name} ${JSON.stringify(body)}`).toEqual([
    wanted,
    'application/problem+json',
    wanted,
  ])
  expect(body.code, name).toMatch(/^[a-z_]+\.[a-z_]+$/)
}
