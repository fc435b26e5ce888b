import { sql } from 'kysely'
import { shops } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { createServer } from '#platform/http/index.ts'
import type { Answer } from '#platform/testing/index.ts'
import { hashPassword } from '../hashing.ts'
import { authenticate, type Role, staff } from '../index.ts'
import { codeAt, stepOf } from '../second-factor/totp.ts'

/** The password of every `aStaff`. */
export const theirPassword = 'a kettle on the blue stove'

// Hashed once and cheaply: its parameters are stored with it, so sign-in takes it as it is.
const cheap = hashPassword(theirPassword, { log2N: 10, r: 8, p: 1 })

/** A member of staff, as if joined long ago. */
export async function aStaff(
  ctx: Context,
  person: { name?: string; email: string; role: Role; scopeShopIds?: number[]; locale?: string },
): Promise<number> {
  const now = ctx.clock.machine()
  const { rows } = await sql<{ id: number }>`
    insert into staff (name, email, role, locale, scope_shop_ids, password_hash, password_changed_at, joined_at)
    values (${person.name ?? person.role}, ${person.email}, ${person.role}, ${person.locale ?? 'en'},
            ${person.scopeShopIds ?? null}, ${await cheap}, ${now}, ${now}) returning id`.execute(ctx.db)
  return rows[0]!.id
}

export type Browser = {
  /** A request under /api with this browser's cookies. */
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** Signs in with `theirPassword`. */
  signIn(email: string): Promise<Answer>
  /** The cookies it holds, as `name=value`. */
  cookies(): string[]
  /** All Set-Cookie lines that it ever got. */
  set: string[]
}

/** A browser with its own cookies before the real sign-in of the house. */
export function aBrowser(
  ctx: Context,
  options: { https?: boolean; ip?: string; userAgent?: string; rateScale?: number } = {},
): Browser {
  const jar = new Map<string, string>()
  const set: string[] = []
  const app = createServer({
    modules: [shops, staff],
    ctx,
    authenticate,
    ipOf: () => options.ip ?? '127.0.0.1',
    isHttps: () => options.https ?? false,
    rateScale: options.rateScale ?? 1000,
  })
  const browser: Browser = {
    set,
    cookies: () => [...jar].map(([name, value]) => `${name}=${value}`),
    async ask(method, path, body, headers = {}) {
      const answer = await app.request(`/api${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          cookie: browser.cookies().join('; '),
          'user-agent': options.userAgent ?? 'test',
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      })
      for (const line of answer.headers.getSetCookie()) {
        set.push(line)
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
        if (line.includes('Max-Age=0')) jar.delete(name!)
        else jar.set(name!, value!)
      }
      const text = await answer.text()
      return { status: answer.status, body: text ? JSON.parse(text) : '', headers: answer.headers }
    },
    signIn: (email) => browser.ask('POST', '/session', { email, password: theirPassword }),
  }
  return browser
}

/** An authenticator app that has read a secret. */
export function anApp(ctx: Context, secret: string): { code(): string } {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const bytes = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)))
  return { code: () => codeAt(bytes, stepOf(ctx.clock.machine())) }
}

/** Turns two-factor sign-in on for who is signed in there. */
export async function turnOnFactor(ctx: Context, browser: Browser) {
  const { secret } = (await browser.ask('POST', '/me/factor')).body
  const app = anApp(ctx, secret)
  const { recoveryCodes } = (await browser.ask('PUT', '/me/factor', { code: app.code() })).body
  return { app, recoveryCodes: recoveryCodes as string[] }
}

/** The token of an address to hand over. */
export function tokenOf(address: string): string {
  return address.split('#token=')[1]!
}
