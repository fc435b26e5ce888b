import { expect, test } from 'vitest'
import { aCustomer } from '#know/customers/testing/a-customer.ts'
import { createServer } from '#platform/http/index.ts'
import { staffActor, type TestContext, useHouse } from '#platform/testing/index.ts'
import { consent, consentStates, mayContact, pathOf, recordConsents } from './index.ts'
import { linkFor } from './link-for.ts'
import { linkOf, tokenOf } from './links.ts'
import { saveRules } from './rules.ts'

const house = useHouse()

async function aHouse() {
  const ctx = await house()
  const customer = await aCustomer(ctx, { name: '王小满', emails: ['xm@mail.example'], phones: ['13800138000'] })
  const profileId = customer.profiles[0]!.id
  const app = createServer({
    modules: [consent],
    ctx,
    authenticate: async () => staffActor([]), // whatever cookie comes along, these pages ask nobody
    ipOf: () => '203.0.113.9',
  })
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await app.request(path, init)
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }
  const form = (values: [string, string][]): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(values).toString(),
  })
  return { ctx, id: customer.id, profileId, ask, form }
}

async function may(
  ctx: TestContext,
  id: number,
  channel: 'email' | 'sms' = 'email',
  purpose: 'promotion' | 'care' = 'promotion',
) {
  const state = (await consentStates(ctx, [id])).get(id)
  return mayContact(state, { channel, purpose, brandId: null, at: ctx.clock.now() }).may
}

const rowsIn = async (ctx: TestContext) =>
  (await ctx.db.selectFrom('consents').selectAll().orderBy('id').execute()).length

test('a mail program ends a subscription by one POST; who only looks ends nothing', async () => {
  const { ctx, id, profileId, ask, form } = await aHouse()
  await recordConsents(ctx, {
    customerId: id,
    said: [
      { subject: 'contact', channel: 'email', decision: 'allowed' },
      { subject: 'contact', channel: 'sms', decision: 'allowed' },
    ],
    way: 'staff',
    proof: 'card 1',
  })
  const path = pathOf(ctx, { does: 'unsubscribe', profileId, channel: 'email', purpose: 'promotion' })
  const before = await rowsIn(ctx)

  for (let time = 0; time < 20; time += 1) await ask(path)
  const head = await ask(path, { method: 'HEAD' })
  const looked = [await rowsIn(ctx), await may(ctx, id)]
  const boundary = 'x'
  const ended = await ask(path, {
    method: 'POST',
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      origin: 'https://mail.example',
      'sec-fetch-site': 'cross-site',
    },
    body: `--${boundary}\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--${boundary}--\r\n`,
  })
  const twice = await ask(path, form([['List-Unsubscribe', 'One-Click']]))

  expect([head.status, head.text]).toEqual([200, ''])
  expect(looked).toEqual([before, 'yes'])
  expect([ended.status, twice.status]).toEqual([200, 200])
  expect(ended.headers.get('location')).toBeNull()
  expect(ended.headers.get('set-cookie')).toBeNull()
  expect([await may(ctx, id), await may(ctx, id, 'email', 'care'), await may(ctx, id, 'sms')]).toEqual([
    'no',
    'yes',
    'yes',
  ])
  const row = await ctx.db
    .selectFrom('consents')
    .selectAll()
    .where('way', '=', 'one_click')
    .orderBy('id')
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({ decision: 'refused', actor: 'customer', evidence: { ip: '203.0.113.9' } })
  expect(row.textId).not.toBeNull()
  const log = await ctx.db
    .selectFrom('auditEntries')
    .select(['action', 'actor', 'objectId'])
    .where('action', '=', 'consent.choose')
    .execute()
  expect(log[0]).toEqual({ action: 'consent.choose', actor: 'customer', objectId: String(id) })
})

test('a customer chooses by the own page without script or cookie, in the own language, and it counts at once', async () => {
  const { ctx, id, profileId, ask, form } = await aHouse()
  const { path } = await linkFor(ctx, [profileId])

  const empty = await ask(path, { headers: { 'accept-language': 'zh-TW' } })
  const saved = await ask(
    path,
    form([
      ['do', 'save'],
      ['yes', 'email.promotion'],
      ['impersonal', 'on'],
      ['less', 'on'],
      ['lang', 'en'],
    ]),
  )
  const chosen = [await may(ctx, id), await may(ctx, id, 'sms')]
  const shown = await ask(saved.headers.get('location')!)
  await ask(
    path,
    form([
      ['do', 'save'],
      ['yes', 'email.promotion'],
      ['impersonal', 'on'],
      ['pause', '3'],
    ]),
  )
  const paused = await may(ctx, id)
  ctx.clock.moveTo('2026-06-02T04:00:00Z')
  const awake = await may(ctx, id)
  await ask(path, form([['do', 'nothing']]))

  expect(empty.status).toBe(200)
  expect(empty.text).toContain('<html lang="zh-TW">')
  expect(empty.text).not.toMatch(/<script|王小满|xm@mail|138/)
  expect(empty.text).not.toMatch(/value="email\.promotion" checked/)
  expect(empty.headers.get('content-security-policy')).toMatch(/script-src 'self'.*style-src 'self' 'nonce-/)
  expect(empty.headers.get('cache-control')).toBe('no-store')
  expect(saved.status).toBe(303)
  expect(chosen).toEqual(['yes', 'unknown'])
  expect(shown.text).toContain('Saved.')
  expect(shown.text).toMatch(/value="email\.promotion" checked/)
  expect(shown.text).toMatch(/name="impersonal" checked/)
  expect([paused, awake]).toEqual(['no', 'yes'])
  expect([await may(ctx, id), await may(ctx, id, 'email', 'care'), await may(ctx, id, 'sms')]).toEqual([
    'no',
    'no',
    'no',
  ])
})

test('the yes that is awaited is said behind its own link', async () => {
  const { ctx, id, profileId, ask, form } = await aHouse()
  await saveRules(ctx, { assumed: ['service'], confirmed: ['email'], minorAge: 14 }, 0)
  const said = [{ subject: 'contact', channel: 'email', purpose: 'promotion', decision: 'allowed' }] as const
  await recordConsents(ctx, { customerId: id, said, way: 'staff', proof: 'card 2' })

  const { confirms } = await linkFor(ctx, [profileId])
  await ask(confirms[0]!.path)
  const looked = await may(ctx, id)
  const done = await ask(confirms[0]!.path, form([['do', 'confirm']]))

  expect(confirms).toMatchObject([{ channel: 'email', purpose: 'promotion' }])
  expect(looked).toBe('unknown')
  expect([done.status, await may(ctx, id)]).toEqual([303, 'yes'])
})

test('a token is never guessed, never read, never runs out; of somebody who is gone it still answers', async () => {
  const { ctx, id, profileId, ask, form } = await aHouse()
  const link = { does: 'unsubscribe', profileId, channel: 'email', purpose: 'promotion' } as const
  const token = tokenOf(ctx, link)
  const next = tokenOf(ctx, { ...link, profileId: profileId + 1 })

  const changed = [...Array(token.length).keys()].map(
    (at) => `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`,
  )
  const wrong = await ask(`/my/${changed[0]}`)
  const wrongPost = await ask(`/my/${changed[20]}`, form([['List-Unsubscribe', 'One-Click']]))
  const tries = await Promise.all([...Array(15).keys()].map((at) => ask(`/my/${changed[at + 1]}`)))
  ctx.clock.moveTo('2046-03-01T04:00:00Z')
  const later = await ask(`/my/${token}`)
  await ctx.db.deleteFrom('customers').where('id', '=', id).execute()
  const gone = await ask(`/my/${token}`, form([['List-Unsubscribe', 'One-Click']]))

  expect(linkOf(ctx, token)).toEqual(link)
  expect(token).toMatch(/^[\w-]{38}$/)
  expect(next.slice(0, 8)).not.toBe(token.slice(0, 8))
  // The last character carries four bits that stand for nothing.
  expect(changed.slice(0, -1).filter((one) => linkOf(ctx, one))).toEqual([])
  expect([wrong.status, wrongPost.status]).toEqual([404, 404])
  expect(tries.map(({ status }) => status)).toContain(429)
  expect(later.status).toBe(200)
  expect(gone.status).toBe(200)
})
