import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aBrowser, aStaff } from '#know/staff/testing/index.ts'
import { systemActor } from '#platform/context.ts'
import { catalogue, locales } from '#platform/i18n/index.ts'
import { staffActor, type TestContext, useHouse } from '#platform/testing/index.ts'
import type { NewKey } from './contract.ts'
import { makeKey, revokeKey } from './index.ts'
import { grantable } from './key.ts'
import { aProcess, bearing } from './testing/index.ts'
import { isKey, newKey } from './token.ts'

const house = useHouse()
const wanted: NewKey = { name: 'Till', permissions: ['shops.read', 'shops.edit'], shopIds: null, days: null }

/** An owner, whose cookie is known, and an admin. */
async function aShop() {
  const ctx = await house()
  const ownerId = await aStaff(ctx, { name: 'Lin', email: 'lin@shop.example', role: 'owner' })
  const adminId = await aStaff(ctx, { name: 'Bo', email: 'bo@shop.example', role: 'admin' })
  const [owner, admin] = [aBrowser(ctx), aBrowser(ctx)]
  await owner.signIn('lin@shop.example')
  await admin.signIn('bo@shop.example')
  return { ctx, ownerId, adminId, cookie: owner.cookies().join('; '), adminCookie: admin.cookies().join('; ') }
}

async function made(ctx: TestContext, cookie: string, more: Partial<NewKey> = {}) {
  const { status, body } = await aProcess(ctx).ask('POST', '/keys', { cookie }, { ...wanted, ...more })
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}

describe('an API key', () => {
  test('is shown once, has a prefix and a checksum, and stands nowhere', async () => {
    const { ctx, cookie } = await aShop()

    const { key, ...told } = await made(ctx, cookie, { days: 30 })

    expect(key).toMatch(/^reg_live_[0-9A-Za-z]{49}$/)
    expect(told).toMatchObject({
      name: 'Till',
      hint: key.slice(-4),
      state: 'good',
      maker: { name: 'Lin' },
      lastUsedAt: null,
    })
    const list = await aProcess(ctx).ask('GET', '/keys', { cookie })
    expect(list.body.items).toEqual([told])
    const { rows } = await sql<{ all: string }>`
      select (select json_agg(k)::text from api_keys k) || (select json_agg(f)::text from facts f)
          || (select coalesce(json_agg(a)::text, '') from answered_requests a) as all`.execute(ctx.db)
    expect(rows[0]!.all).not.toContain(key.slice(9, -6))
    const facts = await sql<{ data: object }>`select data from facts where kind = 'keys.made'`.execute(ctx.db)
    expect(facts.rows).toEqual([{ data: { permissions: wanted.permissions, shops: null, days: 30 } }])
  })

  test('that was mistyped is told without asking the records', () => {
    const key = newKey()
    const swapped = key.slice(0, 20) + (key[20] === 'a' ? 'b' : 'a') + key.slice(21)

    expect(isKey(key)).toBe(true)
    for (const wrong of [swapped, key.slice(0, -1), `${key}x`, key.replace('live', 'test'), ''])
      expect(isKey(wrong)).toBe(false)
  })

  test('does what it was given, as itself, and not what it was not', async () => {
    const { ctx, cookie } = await aShop()
    const { id, key } = await made(ctx, cookie)
    const { ask } = aProcess(ctx)

    expect((await ask('GET', '/shops', bearing(key))).status).toBe(200)
    expect((await ask('POST', '/shops', bearing(key), { name: 'Market' })).status).toBe(201)
    const narrow = await made(ctx, cookie, { permissions: ['shops.read'] })
    expect(await ask('POST', '/shops', bearing(narrow.key), { name: 'Other' })).toMatchObject({
      status: 403,
      body: { code: 'http.forbidden' },
    })
    const { rows } = await sql<{ actor: string }>`select actor from facts where kind = 'shops.place_added'`.execute(
      ctx.db,
    )
    expect(rows).toEqual([{ actor: `key:${id}` }])
  })

  test('is nobody’s session: what is personal, the staff and the keys stay closed', async () => {
    const { ctx, cookie } = await aShop()
    const { key } = await made(ctx, cookie)
    await sql`update api_keys set permissions = permissions || array['staff.manage', 'staff.owners', 'keys.manage', '*', 'keys.*']`.execute(
      ctx.db,
    )
    const { ask } = aProcess(ctx)

    for (const [method, path] of [
      ['GET', '/staff'],
      ['GET', '/keys'],
      ['POST', '/keys'],
      ['POST', '/keys/1/revocation'],
      ['GET', '/sessions'],
      ['DELETE', '/sessions'],
      ['GET', '/me/factor'],
      ['PUT', '/me/password'],
      ['POST', '/staff/invites'],
    ] as const) {
      // A cookie beside the key does not help it.
      const answer = await ask(method, path, { ...bearing(key), cookie }, method === 'GET' ? undefined : {})
      expect(answer, `${method} ${path}`).toMatchObject({ status: 403, body: { code: 'http.not_for_keys' } })
    }
    expect((await ask('GET', '/session', bearing(key))).body.staff).toBeUndefined()
  })

  test('that is unknown, expired or revoked is refused, each with its reason', async () => {
    const { ctx, cookie } = await aShop()
    const { key } = await made(ctx, cookie, { days: 1 })
    const gone = await made(ctx, cookie)
    const { ask } = aProcess(ctx)
    expect((await ask('GET', '/shops', bearing(key))).status).toBe(200)

    ctx.clock.passMachineTime(86_400_000)
    await ask('POST', `/keys/${gone.id}/revocation`, { cookie })

    const codes = [newKey(), 'abc', key, gone.key].map(async (one) => {
      const { status, body, headers } = await ask('GET', '/shops', { ...bearing(one), cookie })
      expect([status, headers.get('www-authenticate'), headers.get('content-type')]).toEqual([
        401,
        'Bearer',
        'application/problem+json',
      ])
      return body.code
    })
    expect(await Promise.all(codes)).toEqual(['keys.unknown', 'keys.unknown', 'keys.expired', 'keys.revoked'])
    const { items } = (await ask('GET', '/keys', { cookie })).body
    expect(items.map((one: { state: string }) => one.state)).toEqual(['revoked', 'expired'])
  })

  test('ends at once in every process', async () => {
    const { ctx, cookie } = await aShop()
    const { id, key } = await made(ctx, cookie)
    const processes = [aProcess(ctx), aProcess(ctx), aProcess(ctx)]
    for (const { ask } of processes) expect((await ask('GET', '/shops', bearing(key))).status).toBe(200)

    await processes[0]!.ask('POST', `/keys/${id}/revocation`, { cookie })

    for (const { ask } of processes) expect((await ask('GET', '/shops', bearing(key))).status).toBe(401)
  })

  test('loses what its maker loses, and ends while the maker does not work here', async () => {
    const { ctx, adminId, cookie, adminCookie } = await aShop()
    await ctx.db.insertInto('shops').values({ code: 'second', name: 'Second shop' }).execute()
    const { key } = await made(ctx, adminCookie)
    const { ask } = aProcess(ctx)
    const edit = (change: object, version: number) =>
      ask('PATCH', `/staff/${adminId}`, { cookie, 'if-match': `"${version}"` }, change)
    expect((await ask('POST', '/shops', bearing(key), { name: 'Market' })).status).toBe(201)

    expect((await edit({ role: 'marketer', scopeShopIds: [1] }, 1)).status).toBe(200)

    expect((await ask('POST', '/shops', bearing(key), { name: 'Other' })).body.code).toBe('http.forbidden')
    expect((await ask('GET', '/shops', bearing(key))).body.items).toHaveLength(1)
    await ask('POST', `/staff/${adminId}/deactivation`, { cookie })
    expect((await ask('GET', '/shops', bearing(key))).body.code).toBe('keys.maker_gone')
    expect((await ask('GET', '/keys', { cookie })).body.items).toMatchObject([
      { state: 'maker_gone', maker: { active: false } },
    ])
    await ask('DELETE', `/staff/${adminId}/deactivation`, { cookie })
    expect((await ask('GET', '/shops', bearing(key))).status).toBe(200)
  })

  test('of some shops sees those', async () => {
    const { ctx, cookie } = await aShop()
    await ctx.db.insertInto('shops').values({ code: 'second', name: 'Second shop' }).execute()

    const { key } = await made(ctx, cookie, { shopIds: [2] })

    expect((await aProcess(ctx).ask('GET', '/shops', bearing(key))).body.items).toMatchObject([{ name: 'Second shop' }])
    expect((await aProcess(ctx).ask('POST', '/keys', { cookie }, { ...wanted, shopIds: [99] })).body.code).toBe(
      'keys.unknown_shop',
    )
  })

  test('notes when it was last used, at most once a minute', async () => {
    const { ctx, cookie } = await aShop()
    const { key } = await made(ctx, cookie)
    const { ask } = aProcess(ctx)
    const used = async () => {
      await ask('GET', '/shops', bearing(key))
      return (await ask('GET', '/keys', { cookie })).body.items[0].lastUsedAt
    }

    const first = await used()
    ctx.clock.passMachineTime(30_000)
    expect(await used()).toBe(first)
    ctx.clock.passMachineTime(31_000)
    expect(await used()).not.toBe(first)
  })
})

describe('making a key', () => {
  test('gives no more than the maker has, and never staff or keys', async () => {
    const ctx = await house()
    await ctx.db.insertInto('shops').values({ code: 'second', name: 'Second shop' }).execute()
    const actor = staffActor(['shops.read', 'keys.manage', 'staff.manage'], { scope: { kind: 'shops', shopIds: [2] } })
    const make = (more: Partial<NewKey>) =>
      makeKey({ ...ctx, actor: { ...actor, id: undefined } }, { ...wanted, permissions: ['shops.read'], ...more })

    for (const permission of ['shops.edit', 'staff.manage', 'keys.manage', 'staff.owners', '*', 'shops.*', 'nonsense'])
      await expect(make({ permissions: ['shops.read', permission] }), permission).rejects.toMatchObject({
        code: 'keys.beyond_you',
      })
    await expect(make({ shopIds: [1, 2] })).rejects.toMatchObject({ code: 'keys.unknown_shop' })
    expect(await make({ shopIds: [2, 2] }).catch(({ code }) => code)).toMatchObject({ shopIds: [2, 2] })
  })

  test('asks for the password again, and is for those who look after all shops', async () => {
    const { ctx, cookie, adminId, adminCookie } = await aShop()
    const { ask } = aProcess(ctx)
    await ask('PATCH', `/staff/${adminId}`, { cookie, 'if-match': '"1"' }, { scopeShopIds: [1] })

    expect((await ask('POST', '/keys', { cookie: adminCookie }, wanted)).body.code).toBe('http.forbidden')
    ctx.clock.passMachineTime(15 * 60_000)
    expect((await ask('POST', '/keys', { cookie }, wanted)).body.code).toBe('http.prove')
    expect((await ask('GET', '/keys', { cookie })).body.grantable).toEqual(
      expect.arrayContaining(['shops.read', 'customers.export']),
    )
    expect((await ask('GET', '/keys', { cookie })).body.grantable.join()).not.toMatch(/staff|keys/)
  })

  test('on the machine itself needs no person', async () => {
    const ctx = await house()

    const { id, key } = await makeKey(ctx, wanted)

    expect((await aProcess(ctx).ask('GET', '/shops', bearing(key))).status).toBe(200)
    await revokeKey(ctx, id)
    expect((await revokeKey(ctx, id)).state).toBe('revoked')
    const { rows } = await sql`select 1 from facts where kind = 'keys.revoked'`.execute(ctx.db)
    expect(rows).toHaveLength(1)
  })
})

test('every permission that a key can have is told in every language', () => {
  for (const locale of locales) {
    for (const permission of grantable(systemActor))
      expect(catalogue(locale).has(`keys.may.${permission}`), `${locale} ${permission}`).toBe(true)
  }
})

describe('how often', () => {
  test('is counted for each key by itself', async () => {
    const { ctx, cookie } = await aShop()
    const [one, two] = [await made(ctx, cookie), await made(ctx, cookie)]
    const { ask } = aProcess(ctx, { rateScale: 0.1 }) // 120 reads a minute

    let calls = 0
    while (calls < 200 && (await ask('GET', '/shops', bearing(one.key))).status === 200) calls += 1
    expect(calls).toBeGreaterThanOrEqual(120)

    expect(await ask('GET', '/shops', bearing(one.key))).toMatchObject({ status: 429, body: { code: 'http.too_many' } })
    expect((await ask('GET', '/shops', bearing(two.key))).status).toBe(200)
  })

  test('unknown keys may be tried is ten times in five minutes from an address; the till beside it goes on', async () => {
    const { ctx, cookie } = await aShop()
    const [till, later] = [await made(ctx, cookie), await made(ctx, cookie)]
    const { ask } = aProcess(ctx, { rateScale: 1 })
    expect((await ask('GET', '/shops', bearing(till.key))).status).toBe(200)

    for (let tries = 0; tries < 10; tries += 1) expect((await ask('GET', '/shops', bearing(newKey()))).status).toBe(401)
    const eleventh = await ask('GET', '/shops', bearing(newKey()))

    expect(eleventh).toMatchObject({ status: 429, body: { code: 'http.too_many' } })
    expect(Number(eleventh.headers.get('retry-after'))).toBeGreaterThan(0)
    // A right key that is new here is not looked at either, so that the answers tell a guesser nothing.
    expect((await ask('GET', '/shops', bearing(later.key))).status).toBe(429)
    expect((await ask('GET', '/shops', bearing(till.key))).status).toBe(200)
    expect((await ask('GET', '/shops', { ...bearing(later.key), 'x-test-ip': '203.0.113.8' })).status).toBe(200)
  })

  test('a proxy’s own sign-in beside the session is not taken for a key', async () => {
    const { ctx, cookie } = await aShop()

    const answer = await aProcess(ctx).ask('GET', '/shops', { authorization: 'Basic bGluOnRlYQ==', cookie })

    expect(answer.status).toBe(200)
  })
})
