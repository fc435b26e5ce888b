import { sql } from 'kysely'
import { describe, expect, test, vi } from 'vitest'
import { useHouse } from '#platform/testing/index.ts'
import { aBrowser, aStaff, theirPassword } from './testing/index.ts'

vi.mock('node:crypto', async (original) => (await import('./testing/cheap-scrypt.ts')).cheapScrypt(await original()))

const house = useHouse()
const day = 86_400_000
const ana = 'ana@shop.example'

async function aShop() {
  const ctx = await house()
  const id = await aStaff(ctx, { name: 'Ana', email: ana, role: 'assistant' })
  return { ctx, id, browser: aBrowser(ctx) }
}

describe('signing in', () => {
  test('lets a person in until she signs out', async () => {
    const { browser } = await aShop()

    expect((await browser.ask('GET', '/sessions')).status).toBe(401)
    const signedIn = await browser.signIn(' ANA@shop.example')
    expect(signedIn.body).toMatchObject({ setUp: true, staff: { name: 'Ana', role: 'assistant' } })
    expect(signedIn.body.staff.permissions).toContain('orders.edit')
    expect((await browser.ask('GET', '/session')).body.staff.email).toBe(ana)

    await browser.ask('DELETE', '/session')
    expect((await browser.ask('GET', '/session')).body.staff).toBeUndefined()
    expect(browser.cookies()).toEqual([])
  })

  test('says the same to a wrong password, an unknown address and a deactivated person', async () => {
    const { ctx, browser } = await aShop()
    await aStaff(ctx, { email: 'gone@shop.example', role: 'assistant' })
    await sql`update staff set deactivated_at = now() where email = 'gone@shop.example'`.execute(ctx.db)

    const wrong = await browser.ask('POST', '/session', { email: ana, password: 'not the password' })
    const unknown = await browser.ask('POST', '/session', { email: 'no@shop.example', password: 'not the password' })
    const gone = await browser.signIn('gone@shop.example')

    for (const answer of [wrong, unknown, gone]) {
      expect(answer).toMatchObject({ status: 422, body: { code: 'staff.wrong_sign_in' } })
    }
    expect({ ...wrong.body, instance: '' }).toEqual({ ...unknown.body, instance: '' })
    expect(browser.set).toEqual([])
  })

  test('slows down guessing from everywhere, but not the person at her own till', async () => {
    const { ctx } = await aShop()
    const till = aBrowser(ctx, { ip: '192.168.1.5' })
    await till.signIn(ana)
    const guess = (ip: number) =>
      aBrowser(ctx, { ip: `203.0.113.${ip}` }).ask('POST', '/session', { email: ana, password: `guess number ${ip}` })

    for (const ip of [1, 2, 3, 4, 5]) expect((await guess(ip)).status).toBe(422)
    const sixth = await guess(6)

    expect(sixth).toMatchObject({ status: 429, body: { code: 'staff.wait' } })
    expect(Number(sixth.headers.get('retry-after'))).toBeLessThanOrEqual(2)
    expect((await till.signIn(ana)).status).toBe(200)
    ctx.clock.passMachineTime(3_000)
    expect((await guess(7)).status).toBe(422)
    expect((await guess(8)).status).toBe(429)
  })

  test('gets a new cookie each time, so that none can be planted before', async () => {
    const { browser } = await aShop()
    await browser.signIn(ana)
    const [first] = browser.cookies()

    await browser.signIn(ana)

    expect(browser.cookies()[0]).not.toBe(first)
    expect((await browser.ask('GET', '/session', undefined, { cookie: first! })).body.staff).toBeUndefined()
    expect((await browser.ask('GET', '/sessions')).body.items).toHaveLength(1)
  })

  test('uses a cookie that only https carries where the browser speaks https, and a plain one in the shop’s network', async () => {
    const { ctx } = await aShop()
    const office = aBrowser(ctx, { https: true })
    const till = aBrowser(ctx)

    await office.signIn(ana)
    await till.signIn(ana)

    expect(office.set[0]).toMatch(
      /^__Host-regulars_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=5184000; Secure$/,
    )
    expect(till.set[0]).toMatch(/^regulars_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=5184000$/)
    expect((await office.ask('GET', '/session')).body.staff).toBeDefined()
  })

  test('keeps neither the cookie nor the password in the database', async () => {
    const { ctx, browser } = await aShop()
    await browser.signIn(ana)
    const token = browser.cookies()[0]!.split('=')[1]!

    const { rows } = await sql<{ all: string }>`
      select (select json_agg(s)::text from staff_sessions s) || (select json_agg(s)::text from staff s) as all`.execute(
      ctx.db,
    )

    expect(rows[0]!.all).not.toContain(token)
    expect(rows[0]!.all).not.toContain(theirPassword)
  })
})

describe('a session', () => {
  test('ends after 14 days unused, and after 60 in all', async () => {
    const { ctx, browser } = await aShop()
    const signedIn = async () => (await browser.ask('GET', '/sessions')).status === 200

    await browser.signIn(ana)
    ctx.clock.passMachineTime(13 * day)
    expect(await signedIn()).toBe(true)
    ctx.clock.passMachineTime(13 * day)
    expect(await signedIn()).toBe(true)
    ctx.clock.passMachineTime(14 * day)
    expect(await signedIn()).toBe(false)

    await browser.signIn(ana)
    for (let week = 1; week <= 8; week += 1) {
      ctx.clock.passMachineTime(7 * day)
      expect(await signedIn()).toBe(true)
    }
    ctx.clock.passMachineTime(4 * day)
    expect(await signedIn()).toBe(false)
  })

  test('lives in machine time: moving the shop’s time does not end it', async () => {
    const { ctx, browser } = await aShop()
    await browser.signIn(ana)

    ctx.clock.moveTo('2031-01-01T00:00:00Z')

    expect((await browser.ask('GET', '/sessions')).status).toBe(200)
  })

  test('notes when it was last seen, at most once a minute', async () => {
    const { ctx, browser } = await aShop()
    await browser.signIn(ana)
    const seen = async () => (await browser.ask('GET', '/sessions')).body.items[0].lastSeenAt
    const first = await seen()

    ctx.clock.passMachineTime(30_000)
    const soon = await seen()
    ctx.clock.passMachineTime(31_000)

    expect(soon).toBe(first)
    expect(await seen()).not.toBe(first)
  })

  test('is listed with its device and can be ended from another; somebody else’s cannot', async () => {
    const { ctx, browser } = await aShop()
    const phone = aBrowser(ctx, {
      ip: '192.168.1.20',
      userAgent:
        'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile/15E148 Safari/604.1',
    })
    await aStaff(ctx, { email: 'bob@shop.example', role: 'admin' })
    const bob = aBrowser(ctx)
    await browser.signIn(ana)
    await phone.signIn(ana)
    await bob.signIn('bob@shop.example')

    const { items } = (await browser.ask('GET', '/sessions')).body
    const other = items.find((item: { current: boolean }) => !item.current)

    expect(items).toHaveLength(2)
    expect(other).toMatchObject({ browser: 'Safari', system: 'iOS', ip: '192.168.1.20' })
    expect((await bob.ask('DELETE', `/sessions/${other.id}`)).status).toBe(404)
    expect((await browser.ask('DELETE', `/sessions/${other.id}`)).status).toBe(200)
    expect((await phone.ask('GET', '/sessions')).status).toBe(401)
    expect((await browser.ask('DELETE', '/sessions')).body).toEqual({ ended: 0 })
    expect((await browser.ask('GET', '/sessions')).status).toBe(200)
  })
})

describe('my account', () => {
  test('keeps my language and name', async () => {
    const { browser } = await aShop()
    await browser.signIn(ana)

    const edited = await browser.ask('PATCH', '/me', { locale: 'zh-TW', name: '安娜' })
    const refused = await browser.ask('GET', '/staff')

    expect(edited.body.staff).toMatchObject({ locale: 'zh-TW', name: '安娜' })
    expect(refused.body.title).toContain('您的角色')
  })

  test('takes a new password for the present one, and ends my other sessions', async () => {
    const { ctx, browser } = await aShop()
    const phone = aBrowser(ctx)
    await browser.signIn(ana)
    await phone.signIn(ana)
    const change = (current: string, password: string) => browser.ask('PUT', '/me/password', { current, password })

    expect(await change('wrong', 'quite another sentence')).toMatchObject({ body: { code: 'staff.wrong_password' } })
    expect(await change(theirPassword, 'too short')).toMatchObject({ body: { code: 'staff.password_short' } })
    expect((await change(theirPassword, 'quite another sentence')).status).toBe(200)

    expect((await browser.ask('GET', '/sessions')).body.items).toHaveLength(1)
    expect((await phone.ask('GET', '/sessions')).status).toBe(401)
    expect((await phone.signIn(ana)).status).toBe(422)
    expect((await phone.ask('POST', '/session', { email: ana, password: 'quite another sentence' })).status).toBe(200)
  })
})
