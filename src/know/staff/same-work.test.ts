import { type KyselyPlugin, sql } from 'kysely'
import { beforeEach, expect, test, vi } from 'vitest'
import { type TestContext, useHouse } from '#platform/testing/index.ts'
import { hashPassword } from './hashing.ts'
import { aBrowser, aStaff, turnOnFactor } from './testing/index.ts'

// Whether an address works here cannot be told from outside: the answer is the same, and so is the work. Clocks of a busy machine
// prove nothing, so the work itself is written down: each hash with its cost, each statement to the records.

const work = vi.hoisted((): string[] => [])

vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>()
  const scrypt = (...args: Parameters<typeof real.scrypt>) => {
    const { N, r, p } = args[3]
    work.push(`scrypt N=${N} r=${r} p=${p} salt=${(args[1] as Buffer).length}`)
    return real.scrypt(...args)
  }
  return { ...real, scrypt, default: { ...real, scrypt } }
})

const notes: KyselyPlugin = {
  transformQuery({ node }) {
    work.push('sqlFragments' in node ? node.sqlFragments.join('?').replaceAll(/\s+/g, ' ') : node.kind)
    return node
  },
  transformResult: async ({ result }) => result,
}

const house = useHouse()
const ana = 'ana@shop.example'
const sentence = 'a tin of tea from last spring'
beforeEach(() => {
  work.length = 0
})

/** Ana, whose hash has its full cost, and whose records note what they are asked. */
async function aShop(): Promise<TestContext> {
  const ctx = await house()
  await aStaff(ctx, { name: 'Ana', email: ana, role: 'assistant' })
  await sql`update staff set password_hash = ${await hashPassword(sentence)}`.execute(ctx.db)
  return { ...ctx, db: ctx.db.withPlugin(notes) }
}

async function tried(ctx: TestContext, email: string, password: string) {
  const browser = aBrowser(ctx, { ip: '203.0.113.5' })
  work.length = 0
  const { status, body, headers } = await browser.ask('POST', '/session', { email, password })
  const told = [...headers].map(([name, value]) => `${name}: ${value.replace(/'nonce-[^']*'/, '')}`)
  told.splice(
    told.findIndex((line) => line.startsWith('x-request-id')),
    1,
  )
  return { answer: { status, body: { ...body, instance: '' }, told }, work: [...work] }
}

test('a wrong password and an unknown address: the same answer after the same work', async () => {
  const ctx = await aShop()

  const wrong = await tried(ctx, ana, 'not the password')
  const unknown = await tried(ctx, 'nobody@shop.example', 'not the password')

  expect(wrong.work.filter((one) => one.startsWith('scrypt'))).toEqual(['scrypt N=131072 r=8 p=1 salt=16'])
  expect(wrong.work.length).toBeGreaterThan(3)
  expect(unknown).toEqual(wrong)
})

test('so for who has a second factor and who is deactivated', async () => {
  const ctx = await aShop()
  const unknown = await tried(ctx, 'nobody@shop.example', 'not the password')
  const browser = aBrowser(ctx)
  await browser.ask('POST', '/session', { email: ana, password: sentence })
  await turnOnFactor(ctx, browser)

  const withFactor = await tried(ctx, ana, 'not the password')
  await sql`update staff set deactivated_at = now()`.execute(ctx.db)
  const gone = await tried(ctx, ana, 'not the password')

  expect(withFactor).toEqual(unknown)
  expect(gone).toEqual(unknown)
})

test('so when both have been guessed at too often', async () => {
  const now = new Date('2026-03-01T04:00:00Z')
  const shop = await aShop()
  const ctx = { ...shop, clock: { ...shop.clock, machine: () => now } }
  for (let tries = 0; tries < 5; tries += 1) {
    await tried(ctx, ana, 'not the password')
    await tried(ctx, 'nobody@shop.example', 'not the password')
  }

  const wrong = await tried(ctx, ana, 'not the password')
  const unknown = await tried(ctx, 'nobody@shop.example', 'not the password')

  expect(wrong.answer.status).toBe(429)
  expect(wrong.work.some((one) => one.startsWith('scrypt'))).toBe(false)
  expect(unknown).toEqual(wrong)
})
