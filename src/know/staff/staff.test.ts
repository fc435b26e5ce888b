import { sql } from 'kysely'
import { describe, expect, test, vi } from 'vitest'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { useHouse } from '#platform/testing/index.ts'
import { deactivateStaff } from './deactivate-staff.ts'
import { actorOf } from './staff.ts'
import { aBrowser, aStaff, type Browser, theirPassword, tokenOf } from './testing/index.ts'

vi.mock('node:crypto', async (original) => (await import('./testing/cheap-scrypt.ts')).cheapScrypt(await original()))

const house = useHouse()
const boss = 'boss@shop.example'
const ana = 'ana@shop.example'
const sentence = 'the tea is on the second shelf'

async function aShop() {
  const ctx = await house()
  const bossId = await aStaff(ctx, { email: boss, role: 'owner' })
  const owner = aBrowser(ctx)
  await owner.signIn(boss)
  return { ctx, bossId, owner }
}

const invited = async (owner: Browser, person: object = {}) =>
  tokenOf(
    (await owner.ask('POST', '/staff/invites', { name: 'Ana', email: ana, role: 'assistant', ...person })).body.address,
  )

describe('an invite', () => {
  test('lets a person join with her own password, in her role and shops', async () => {
    const { ctx, owner } = await aShop()
    const token = await invited(owner, { role: 'marketer', scopeShopIds: [1] })
    const browser = aBrowser(ctx)

    const shown = await browser.ask('POST', '/links/lookups', { token })
    const joined = await browser.ask('POST', '/links/uses', {
      token,
      password: sentence,
      name: '安娜',
      locale: 'zh-TW',
    })

    expect(shown.body).toMatchObject({ kind: 'invite', name: 'Ana', email: ana, role: 'marketer' })
    expect(joined.body.staff).toMatchObject({ name: '安娜', role: 'marketer', scopeShopIds: [1], locale: 'zh-TW' })
    expect((await browser.ask('GET', '/sessions')).status).toBe(200)
    const list = (await owner.ask('GET', '/staff')).body
    expect(list.items.map((one: { email: string }) => one.email)).toContain(ana)
    expect(list.invites).toEqual([])
  })

  test('is used once, also when two use it at once', async () => {
    const { ctx, owner } = await aShop()
    const token = await invited(owner)
    const use = () => aBrowser(ctx).ask('POST', '/links/uses', { token, password: sentence })

    const both = await Promise.all([use(), use()])

    expect(both.map((answer) => answer.status).sort()).toEqual([200, 410])
    expect(await use()).toMatchObject({ status: 410, body: { code: 'staff.link_used' } })
  })

  test('ends after seven days, when replaced, and when withdrawn', async () => {
    const { ctx, owner } = await aShop()
    const use = (token: string) => aBrowser(ctx).ask('POST', '/links/uses', { token, password: sentence })
    const first = await invited(owner)
    const second = await invited(owner)

    expect(await use(first)).toMatchObject({ status: 404, body: { code: 'staff.link_unknown' } })
    ctx.clock.passMachineTime(7 * 86_400_000 + 1000)
    expect(await use(second)).toMatchObject({ status: 410, body: { code: 'staff.link_expired' } })

    await owner.ask('POST', '/session/proof', { password: theirPassword })
    const third = await invited(owner)
    const [invite] = (await owner.ask('GET', '/staff')).body.invites
    expect((await owner.ask('DELETE', `/staff/invites/${invite.id}`)).status).toBe(200)
    expect((await use(third)).status).toBe(404)
  })

  test('of somebody who was deactivated since is worth nothing', async () => {
    const { ctx, owner } = await aShop()
    const adminId = await aStaff(ctx, { email: 'admin@shop.example', role: 'admin' })
    const admin = aBrowser(ctx)
    await admin.signIn('admin@shop.example')
    const token = await invited(admin)

    await owner.ask('POST', `/staff/${adminId}/deactivation`)

    expect((await aBrowser(ctx).ask('POST', '/links/uses', { token, password: sentence })).status).toBe(404)
  })

  test('keeps no token in the database or the facts', async () => {
    const { ctx, owner } = await aShop()
    const token = await invited(owner)

    const { rows } = await sql<{ all: string }>`
      select (select json_agg(l)::text from staff_links l) || coalesce((select json_agg(r)::text from answered_requests r), '')
          || (select json_agg(f)::text from facts f) as all`.execute(ctx.db)

    expect(rows[0]!.all).not.toContain(token)
    const { rows: facts } = await sql<{ data: unknown }>`select data from facts`.execute(ctx.db)
    expect(JSON.stringify(facts)).not.toMatch(/ana|Ana/)
  })
})

describe('a reset link', () => {
  test('gives a new password once, and ends the sessions of before', async () => {
    const { ctx, owner } = await aShop()
    const id = await aStaff(ctx, { email: ana, role: 'assistant' })
    const old = aBrowser(ctx)
    await old.signIn(ana)
    const token = tokenOf((await owner.ask('POST', `/staff/${id}/reset-links`)).body.address)
    const browser = aBrowser(ctx)

    const reset = await browser.ask('POST', '/links/uses', { token, password: sentence })

    expect(reset.body.staff.email).toBe(ana)
    expect((await old.ask('GET', '/sessions')).status).toBe(401)
    expect((await old.signIn(ana)).status).toBe(422)
    expect((await browser.ask('POST', '/links/uses', { token, password: sentence })).status).toBe(410)
  })
})

describe('owners and roles', () => {
  test('the last owner can be neither deactivated nor demoted', async () => {
    const { bossId, owner } = await aShop()

    const ended = await owner.ask('POST', `/staff/${bossId}/deactivation`)
    const demoted = await owner.ask('PATCH', `/staff/${bossId}`, { role: 'admin' }, { 'if-match': '"1"' })

    for (const answer of [ended, demoted])
      expect(answer).toMatchObject({ status: 409, body: { code: 'staff.last_owner' } })
  })

  test('two owners who deactivate each other at once: one owner is left', async () => {
    const { ctx, bossId } = await aShop()
    const otherId = await aStaff(ctx, { email: 'other@shop.example', role: 'owner' })
    const as = (id: number) => actorOf({ id, role: 'owner', locale: 'en', scopeShopIds: null })

    let second: Promise<unknown> = Promise.resolve()
    await inTransaction({ ...ctx, actor: as(bossId) }, async (first) => {
      await deactivateStaff(first, otherId)
      second = deactivateStaff({ ...ctx, actor: as(otherId) }, bossId).catch((error) => error)
      await Promise.race([second, new Promise((resolve) => setTimeout(resolve, 300))])
    })

    expect(await second).toMatchObject({ code: 'staff.last_owner' })
    const { rows } = await sql`select 1 from staff where role = 'owner' and deactivated_at is null`.execute(ctx.db)
    expect(rows).toHaveLength(1)
  })

  test('only an owner touches owners', async () => {
    const { ctx, bossId } = await aShop()
    const anaId = await aStaff(ctx, { email: ana, role: 'assistant' })
    await aStaff(ctx, { email: 'admin@shop.example', role: 'admin' })
    const admin = aBrowser(ctx)
    await admin.signIn('admin@shop.example')
    const match = { 'if-match': '"1"' }

    const refused = [
      await admin.ask('POST', '/staff/invites', { name: 'X', email: 'x@shop.example', role: 'owner' }),
      await admin.ask('POST', `/staff/${bossId}/reset-links`),
      await admin.ask('POST', `/staff/${bossId}/deactivation`),
      await admin.ask('PATCH', `/staff/${bossId}`, { role: 'admin' }, match),
      await admin.ask('PATCH', `/staff/${anaId}`, { role: 'owner' }, match),
    ]

    for (const answer of refused) expect(answer).toMatchObject({ status: 403, body: { code: 'staff.owners_only' } })
    expect((await admin.ask('PATCH', `/staff/${anaId}`, { role: 'analyst' }, match)).body.role).toBe('analyst')
  })

  test('a new role and scope count from the next request', async () => {
    const { ctx, owner } = await aShop()
    const id = await aStaff(ctx, { email: ana, role: 'assistant' })
    const browser = aBrowser(ctx)
    await browser.signIn(ana)
    const edit = (change: object, version: number) =>
      owner.ask('PATCH', `/staff/${id}`, change, { 'if-match': `"${version}"` })

    expect((await browser.ask('GET', '/staff')).status).toBe(403)
    expect((await edit({ role: 'admin' }, 1)).status).toBe(200)
    expect((await browser.ask('GET', '/staff')).status).toBe(200)
    expect((await edit({ scopeShopIds: [1] }, 1)).status).toBe(412)
    expect((await edit({ scopeShopIds: [1] }, 2)).body.scopeShopIds).toEqual([1])
    expect((await browser.ask('GET', '/staff')).status).toBe(403)
    expect(await edit({ scopeShopIds: [99] }, 3)).toMatchObject({ body: { code: 'staff.unknown_shop' } })
    expect(await edit({ role: 'owner', scopeShopIds: [1] }, 3)).toMatchObject({
      body: { code: 'staff.owner_sees_all' },
    })
    expect((await edit({ role: 'owner' }, 3)).body).toMatchObject({ role: 'owner', scopeShopIds: null })
  })

  test('a deactivated person is out at once, and comes back when let', async () => {
    const { ctx, owner } = await aShop()
    const id = await aStaff(ctx, { email: ana, role: 'assistant' })
    const browser = aBrowser(ctx)
    await browser.signIn(ana)

    expect((await owner.ask('POST', `/staff/${id}/deactivation`)).body.active).toBe(false)
    expect((await browser.ask('GET', '/sessions')).status).toBe(401)
    expect((await owner.ask('POST', `/staff/${id}/reset-links`)).body.code).toBe('staff.not_active')
    expect((await owner.ask('DELETE', `/staff/${id}/deactivation`)).body.active).toBe(true)
    expect((await browser.signIn(ana)).status).toBe(200)
    const { rows } = await sql<{ kind: string }>`select kind from facts where subject_id = ${id} order by id`.execute(
      ctx.db,
    )
    expect(rows.map((row) => row.kind)).toEqual(['staff.deactivated', 'staff.reactivated'])
  })

  test('what each role may ask of the staff’s pages', async () => {
    const { ctx } = await aShop()
    const managing = [
      ['GET', '/staff'],
      ['POST', '/staff/invites', { name: 'X', email: 'x@shop.example', role: 'analyst' }],
      ['DELETE', '/staff/invites/99'],
      ['POST', '/staff/99/reset-links'],
      ['PATCH', '/staff/99', {}],
      ['POST', '/staff/99/deactivation'],
      ['DELETE', '/staff/99/deactivation'],
    ] as const
    const own = [
      ['GET', '/sessions'],
      ['GET', '/staff/names'],
      ['PATCH', '/me', {}],
      ['DELETE', '/sessions/99'],
    ] as const
    const statuses = async (browser: Browser, calls: readonly (readonly [string, string, object?])[]) =>
      Promise.all(
        calls.map(
          async ([method, path, body]) => (await browser.ask(method, path, body, { 'if-match': '"1"' })).status,
        ),
      )

    for (const role of ['admin', 'marketer', 'assistant', 'analyst'] as const) {
      await aStaff(ctx, { email: `${role}@shop.example`, role })
      const browser = aBrowser(ctx)
      await browser.signIn(`${role}@shop.example`)
      const expected = role === 'admin' ? [200, 201, 404, 404, 404, 404, 404] : Array(7).fill(403)
      expect(await statuses(browser, managing), role).toEqual(expected)
      expect(await statuses(browser, own), role).toEqual([200, 200, 200, 404])
    }
    expect(await statuses(aBrowser(ctx), [...managing, ...own])).toEqual(Array(11).fill(401))
  })

  test('the password of somebody who was deactivated and reset meanwhile opens nothing', async () => {
    const { ctx, owner } = await aShop()
    const id = await aStaff(ctx, { email: ana, role: 'assistant' })
    const browser = aBrowser(ctx)

    const [signedIn] = await Promise.all([
      browser.ask('POST', '/session', { email: ana, password: theirPassword }),
      owner.ask('POST', `/staff/${id}/deactivation`),
    ])

    if (signedIn.status === 200) expect((await browser.ask('GET', '/sessions')).status).toBe(401)
    else expect(signedIn.status).toBe(422)
  })
})
