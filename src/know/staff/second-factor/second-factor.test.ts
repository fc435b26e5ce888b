import { sql } from 'kysely'
import { describe, expect, test, vi } from 'vitest'
import { secretsOf } from '#platform/secrets.ts'
import { useHouse } from '#platform/testing/index.ts'
import { aBrowser, anApp, aStaff, theirPassword, tokenOf, turnOnFactor } from '../testing/index.ts'
import { resetFactor } from './reset-factor.ts'

vi.mock('node:crypto', async (original) => (await import('../testing/cheap-scrypt.ts')).cheapScrypt(await original()))

const house = useHouse()
const ana = 'ana@shop.example'
const halfMinute = 30_000

/** Ana with two-factor sign-in, at her own till; time has gone on since her first code. */
async function aShop() {
  const ctx = await house()
  const id = await aStaff(ctx, { name: 'Ana', email: ana, role: 'assistant' })
  const browser = aBrowser(ctx)
  await browser.signIn(ana)
  const { app, recoveryCodes } = await turnOnFactor(ctx, browser)
  ctx.clock.passMachineTime(halfMinute)
  return { ctx, id, browser, app, recoveryCodes }
}

/** A new browser in which the password was given. */
async function atSecondStep(ctx: Awaited<ReturnType<typeof house>>, ip?: string) {
  const browser = aBrowser(ctx, { ip })
  const { status, body } = await browser.signIn(ana)
  expect(status).toBe(200)
  return {
    browser,
    body,
    step: (code: string) => browser.ask('POST', '/session/second-step', { token: body.secondStep.token, code }),
  }
}

describe('setting up', () => {
  test('shows a secret and an address for the app, and counts from its first code', async () => {
    const ctx = await house()
    await aStaff(ctx, { name: 'Ana', email: ana, role: 'assistant' })
    const browser = aBrowser(ctx)
    await browser.signIn(ana)

    const begun = (await browser.ask('POST', '/me/factor')).body
    expect(begun.secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(begun.address).toBe(
      `otpauth://totp/Test%20shop:ana%40shop.example?secret=${begun.secret}&issuer=Test%20shop&algorithm=SHA1&digits=6&period=30`,
    )
    expect((await browser.ask('GET', '/me/factor')).body).toEqual({
      onSince: null,
      recoveryCodesLeft: 0,
      required: false,
    })
    expect((await aBrowser(ctx).signIn(ana)).body.staff).toBeDefined()
    expect((await browser.ask('PUT', '/me/factor', { code: '000000' })).body.code).toBe('staff.wrong_code')

    const on = await browser.ask('PUT', '/me/factor', { code: anApp(ctx, begun.secret).code() })
    expect(on.body.recoveryCodes).toHaveLength(10)
    expect((await browser.ask('GET', '/me/factor')).body).toMatchObject({
      onSince: expect.any(String),
      recoveryCodesLeft: 10,
    })
  })

  test('ends the sessions elsewhere', async () => {
    const ctx = await house()
    await aStaff(ctx, { email: ana, role: 'assistant' })
    const [browser, phone] = [aBrowser(ctx), aBrowser(ctx)]
    await browser.signIn(ana)
    await phone.signIn(ana)

    await turnOnFactor(ctx, browser)

    expect((await browser.ask('GET', '/sessions')).status).toBe(200)
    expect((await phone.ask('GET', '/sessions')).status).toBe(401)
  })

  test('of a new phone leaves the old one good until the new one’s first code', async () => {
    const { ctx, browser, app, recoveryCodes } = await aShop()
    const { secret } = (await browser.ask('POST', '/me/factor')).body
    expect((await (await atSecondStep(ctx)).step(app.code())).status).toBe(200)
    ctx.clock.passMachineTime(halfMinute)

    const renewed = await browser.ask('PUT', '/me/factor', { code: anApp(ctx, secret).code() })
    ctx.clock.passMachineTime(halfMinute)

    expect(renewed.status).toBe(200)
    expect((await (await atSecondStep(ctx)).step(app.code())).body.code).toBe('staff.wrong_code')
    expect((await (await atSecondStep(ctx)).step(recoveryCodes[0]!)).body.code).toBe('staff.wrong_code')
    expect((await (await atSecondStep(ctx)).step(anApp(ctx, secret).code())).status).toBe(200)
  })

  test('that was begun an hour ago is over', async () => {
    const ctx = await house()
    await aStaff(ctx, { email: ana, role: 'assistant' })
    const browser = aBrowser(ctx)
    await browser.signIn(ana)
    const { secret } = (await browser.ask('POST', '/me/factor')).body

    ctx.clock.passMachineTime(3_601_000)
    await browser.ask('POST', '/session/proof', { password: theirPassword })

    expect((await browser.ask('PUT', '/me/factor', { code: anApp(ctx, secret).code() })).body.code).toBe(
      'staff.factor_not_begun',
    )
  })

  test('leaves nothing in the records that opens the door', async () => {
    const { ctx, id, recoveryCodes, browser } = await aShop()
    const { secret } = (await browser.ask('POST', '/me/factor')).body

    const { rows } = await sql<{ all: string }>`
      select (select json_agg(f)::text from staff_factors f) || (select json_agg(c)::text from staff_recovery_codes c)
             || (select json_agg(f)::text from facts f) as all`.execute(ctx.db)
    const sealed = await sql<{ secret: Buffer }>`select pending_secret as secret from staff_factors`.execute(ctx.db)

    for (const code of recoveryCodes) expect(rows[0]!.all).not.toContain(code.replaceAll('-', ''))
    expect(rows[0]!.all).not.toContain(secret)
    expect(ctx.secrets.open(sealed.rows[0]!.secret, `staff_factors.secret:${id}`)).toHaveLength(20)
    expect(() => ctx.secrets.open(sealed.rows[0]!.secret, `staff_factors.secret:${id + 1}`)).toThrow()
  })
})

describe('signing in with two factors', () => {
  test('needs the password and a code; the password alone opens nothing', async () => {
    const { ctx, app } = await aShop()

    const { browser, body, step } = await atSecondStep(ctx)
    expect(body).toEqual({
      setUp: true,
      merchant: expect.anything(),
      secondStep: { token: expect.any(String), expiresAt: expect.any(String) },
    })
    expect(browser.cookies()).toEqual([])
    const wrong = await step('000000')
    expect(wrong).toMatchObject({ status: 422, body: { code: 'staff.wrong_code' } })
    expect(browser.cookies()).toEqual([])

    expect((await step(app.code().replace(/(...)/, '$1 '))).body.staff).toMatchObject({
      email: ana,
      secondFactor: true,
    })
    expect((await browser.ask('GET', '/sessions')).status).toBe(200)
  })

  test('takes each code once, also from two at the same time', async () => {
    const { ctx, app } = await aShop()
    const [one, two] = [await atSecondStep(ctx), await atSecondStep(ctx)]
    const code = app.code()

    const both = await Promise.all([one.step(code), two.step(code)])

    expect(both.map(({ status }) => status).sort()).toEqual([200, 422])
    expect((await (await atSecondStep(ctx)).step(code)).body.code).toBe('staff.wrong_code')
    ctx.clock.passMachineTime(halfMinute)
    expect((await (await atSecondStep(ctx)).step(app.code())).status).toBe(200)
  })

  test('takes one code for one sign-in: its token is used up', async () => {
    const { ctx, app } = await aShop()
    const { step } = await atSecondStep(ctx)
    await step(app.code())
    ctx.clock.passMachineTime(halfMinute)

    expect(await step(app.code())).toMatchObject({ status: 410, body: { code: 'staff.second_step_over' } })
  })

  test('takes ten minutes at most', async () => {
    const { ctx, app } = await aShop()
    const { step } = await atSecondStep(ctx)

    ctx.clock.passMachineTime(600_001)

    expect((await step(app.code())).body.code).toBe('staff.second_step_over')
  })

  test('goes by a recovery code, each good once, however it is typed', async () => {
    const { ctx, id, recoveryCodes } = await aShop()
    const [first, second] = recoveryCodes as [string, string]

    const in1 = await (await atSecondStep(ctx)).step(first)
    const again = await (await atSecondStep(ctx)).step(first)
    const in2 = await (await atSecondStep(ctx)).step(
      ` ${second.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O')}`,
    )

    expect(in1.body).toMatchObject({ staff: { email: ana }, recoveryCodesLeft: 9 })
    expect(again.body.code).toBe('staff.wrong_code')
    expect(in2.body.recoveryCodesLeft).toBe(8)
    const { rows } = await sql<{ data: object }>`
      select data from facts where kind = 'staff.recovery_code_used' and subject_id = ${id} order by id`.execute(ctx.db)
    expect(rows.map(({ data }) => data)).toEqual([{ left: 9 }, { left: 8 }])
  })

  test('with renewed recovery codes the old ones are worth nothing', async () => {
    const { ctx, browser, recoveryCodes } = await aShop()

    const renewed = (await browser.ask('POST', '/me/recovery-codes')).body.recoveryCodes

    expect((await (await atSecondStep(ctx)).step(recoveryCodes[0]!)).status).toBe(422)
    expect((await (await atSecondStep(ctx)).step(renewed[0])).status).toBe(200)
  })

  test('slows down who guesses codes, longer and longer, up to a day', async () => {
    const { ctx, app } = await aShop()
    const { step } = await atSecondStep(ctx, '203.0.113.9')

    for (let tries = 0; tries < 5; tries += 1) expect((await step('000000')).body.code).toBe('staff.wrong_code')
    expect(await step(app.code())).toMatchObject({ status: 429, body: { code: 'staff.wait' } })

    await sql`update staff_failures set failures = 30 where failures >= 5`.execute(ctx.db)
    const { step: atHerTill } = await atSecondStep(ctx)
    expect((await atHerTill(app.code())).status).toBe(200)
    const stranger = await step(app.code())
    expect(Number(stranger.headers.get('retry-after'))).toBeGreaterThan(80_000)
  })

  test('a new password by a link does not stand for the code', async () => {
    const { ctx, id, app } = await aShop()
    await aStaff(ctx, { email: 'boss@shop.example', role: 'owner' })
    const boss = aBrowser(ctx)
    await boss.signIn('boss@shop.example')
    const token = tokenOf((await boss.ask('POST', `/staff/${id}/reset-links`)).body.address)
    const browser = aBrowser(ctx)

    const used = await browser.ask('POST', '/links/uses', { token, password: 'a tin of tea from last spring' })

    expect(used.body).toMatchObject({ secondStep: { token: expect.any(String) } })
    expect(used.body.staff).toBeUndefined()
    expect(browser.cookies()).toEqual([])
    const code = { token: used.body.secondStep.token, code: app.code() }
    expect((await browser.ask('POST', '/session/second-step', code)).body.staff.email).toBe(ana)
  })

  test('a sign-in half done ends with the password, the deactivation and the person’s other end', async () => {
    const { ctx, id, app } = await aShop()
    const { step } = await atSecondStep(ctx)
    await sql`update staff set deactivated_at = now() where id = ${id}`.execute(ctx.db)

    expect((await step(app.code())).body.code).toBe('staff.second_step_over')
  })

  test('with another key than the records’ the codes do not open, and recovery codes still do', async () => {
    const { ctx, app, recoveryCodes } = await aShop()
    const elsewhere = { ...ctx, secrets: secretsOf(Buffer.alloc(32)) }

    expect((await (await atSecondStep(elsewhere)).step(app.code())).status).toBe(500)
    expect((await (await atSecondStep(elsewhere)).step(recoveryCodes[0]!)).status).toBe(200)
  })
})

describe('turning off', () => {
  test('takes the password, and everything of it', async () => {
    const { ctx, browser } = await aShop()

    expect((await browser.ask('POST', '/me/factor/removal', { password: 'not hers' })).body.code).toBe(
      'staff.wrong_password',
    )
    expect((await browser.ask('POST', '/me/factor/removal', { password: theirPassword })).status).toBe(200)

    expect((await aBrowser(ctx).signIn(ana)).body.staff).toMatchObject({ email: ana, secondFactor: false })
    const { rows } = await sql`select 1 from staff_recovery_codes`.execute(ctx.db)
    expect(rows).toEqual([])
    expect((await browser.ask('POST', '/me/recovery-codes')).body.code).toBe('staff.factor_is_off')
  })

  test('for a colleague who lost it is the owner’s, ends her sessions, and is a fact', async () => {
    const { ctx, id, browser } = await aShop()
    await aStaff(ctx, { email: 'boss@shop.example', role: 'owner' })
    await aStaff(ctx, { email: 'admin@shop.example', role: 'admin' })
    const [boss, admin] = [aBrowser(ctx), aBrowser(ctx)]
    await boss.signIn('boss@shop.example')
    await admin.signIn('admin@shop.example')

    expect((await admin.ask('DELETE', `/staff/${id}/factor`)).status).toBe(403)
    expect(
      (await boss.ask('GET', '/staff')).body.items.map((one: { secondFactor: boolean }) => one.secondFactor),
    ).toEqual([true, false, false])
    expect((await boss.ask('DELETE', `/staff/${id}/factor`)).status).toBe(200)
    expect((await boss.ask('DELETE', `/staff/${id}/factor`)).body.code).toBe('staff.factor_is_off')

    expect((await browser.ask('GET', '/sessions')).status).toBe(401)
    expect((await aBrowser(ctx).signIn(ana)).body.staff.email).toBe(ana)
    const { rows } = await sql<{ actor: string; data: object }>`
      select actor, data from facts where kind = 'staff.factor_off' and subject_id = ${id}`.execute(ctx.db)
    expect(rows).toEqual([{ actor: expect.stringMatching(/^staff:/), data: { by: 'colleague' } }])
  })

  test('an owner’s own goes through her account, the operator’s through the command line', async () => {
    const { ctx, id } = await aShop()
    await aStaff(ctx, { email: 'boss@shop.example', role: 'owner' })
    const boss = aBrowser(ctx)
    const { body } = await boss.signIn('boss@shop.example')

    expect((await boss.ask('DELETE', `/staff/${body.staff.id}/factor`)).body.code).toBe('staff.not_your_factor')
    await resetFactor(ctx, id)
    expect((await aBrowser(ctx).signIn(ana)).body.staff).toBeDefined()
  })
})

describe('required of everybody', () => {
  const require = (browser: ReturnType<typeof aBrowser>, requireFactor: boolean, version: number) =>
    browser.ask('PUT', '/staff/rules', { requireFactor }, { 'if-match': `"${version}"` })

  async function aStrictShop() {
    const ctx = await house()
    await aStaff(ctx, { email: 'boss@shop.example', role: 'owner' })
    await aStaff(ctx, { email: ana, role: 'assistant' })
    const [boss, browser] = [aBrowser(ctx), aBrowser(ctx)]
    await boss.signIn('boss@shop.example')
    await browser.signIn(ana)
    expect((await require(boss, true, 0)).body.code).toBe('staff.factor_yourself_first')
    await turnOnFactor(ctx, boss)
    expect((await require(boss, true, 0)).body).toEqual({ requireFactor: true, version: 1 })
    return { ctx, boss, browser }
  }

  test('lets sessions run on, and leads to the set-up at the next sign-in, before anything else', async () => {
    const { ctx, browser } = await aStrictShop()
    expect((await browser.ask('GET', '/shops')).status).toBe(200)
    const next = aBrowser(ctx)

    const signedIn = await next.signIn(ana)

    expect(signedIn.body.staff).toMatchObject({ factorDue: true, permissions: [] })
    expect((await next.ask('GET', '/session')).body.staff.factorDue).toBe(true)
    expect(await next.ask('GET', '/shops')).toMatchObject({ status: 403, body: { code: 'http.second_factor_due' } })
    expect((await next.ask('GET', '/sessions')).status).toBe(200)
    await turnOnFactor(ctx, next)
    expect((await next.ask('GET', '/session')).body.staff).toMatchObject({
      factorDue: false,
      permissions: expect.arrayContaining(['orders.edit']),
    })
    expect((await next.ask('GET', '/shops')).status).toBe(200)
  })

  test('cannot be turned off by one, and by the owner for all', async () => {
    const { ctx, boss, browser } = await aStrictShop()
    await turnOnFactor(ctx, browser)

    expect((await browser.ask('POST', '/me/factor/removal', { password: theirPassword })).body.code).toBe(
      'staff.factor_required',
    )
    expect((await require(boss, false, 0)).status).toBe(412)
    const waiting = aBrowser(ctx)
    await aStaff(ctx, { email: 'bo@shop.example', role: 'assistant' })
    await waiting.signIn('bo@shop.example')
    expect((await require(boss, false, 1)).status).toBe(200)

    expect((await browser.ask('POST', '/me/factor/removal', { password: theirPassword })).status).toBe(200)
    expect((await waiting.ask('GET', '/shops')).status).toBe(200)
  })
})

describe('what changes who gets in', () => {
  test('asks for the password again when it was given more than 15 minutes ago', async () => {
    const ctx = await house()
    await aStaff(ctx, { email: 'boss@shop.example', role: 'owner' })
    const boss = aBrowser(ctx)
    await boss.signIn('boss@shop.example')
    const id = await aStaff(ctx, { email: ana, role: 'assistant' })
    const edit = () => boss.ask('PATCH', `/staff/${id}`, { role: 'analyst' }, { 'if-match': '"1"' })

    ctx.clock.passMachineTime(15 * 60_000)

    for (const [method, path] of [
      ['POST', '/me/factor'],
      ['PUT', '/me/factor'],
      ['POST', '/me/recovery-codes'],
      ['POST', '/staff/invites'],
      ['POST', `/staff/${id}/reset-links`],
      ['DELETE', `/staff/${id}/factor`],
      ['DELETE', `/staff/${id}/deactivation`],
    ] as const) {
      expect(await boss.ask(method, path, {}), `${method} ${path}`).toMatchObject({
        status: 403,
        body: { code: 'http.prove' },
      })
    }
    expect((await edit()).body.code).toBe('http.prove')
    expect((await boss.ask('POST', '/session/proof', { password: 'a guess' })).body.code).toBe('staff.wrong_password')
    expect((await edit()).body.code).toBe('http.prove')
    expect((await boss.ask('POST', '/session/proof', { password: theirPassword })).status).toBe(200)
    expect((await edit()).body.role).toBe('analyst')
  })

  test('asks whoever is there, in each browser by itself', async () => {
    const ctx = await house()
    await aStaff(ctx, { email: ana, role: 'owner' })
    const [browser, phone] = [aBrowser(ctx), aBrowser(ctx)]
    await browser.signIn(ana)
    await phone.signIn(ana)
    ctx.clock.passMachineTime(15 * 60_000)

    await browser.ask('POST', '/session/proof', { password: theirPassword })

    expect((await browser.ask('POST', '/me/factor')).status).toBe(200)
    expect((await phone.ask('POST', '/me/factor')).body.code).toBe('http.prove')
  })
})
