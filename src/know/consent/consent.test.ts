import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aCustomer, alsoSaid } from '#know/customers/testing/a-customer.ts'
import { mergeCustomers, undoMerge } from '#know/identity/index.ts'
import { serverOf, staffActor, type TestContext, useHouse } from '#platform/testing/index.ts'
import type { Channel, Purpose } from './consent.ts'
import {
  compareConsents,
  consent,
  consentStates,
  emptyGrants,
  grant,
  mayContact,
  recordConsents,
  returnGrant,
  type Said,
  takeGrant,
} from './index.ts'
import { saveRules } from './rules.ts'

const house = useHouse()

const yes = (channel: Channel, purpose: Purpose = 'promotion'): Said => ({
  subject: 'contact',
  channel,
  purpose,
  decision: 'allowed',
})
const no = (channel: Channel | 'any', purpose: Purpose | 'any' = 'promotion'): Said => ({
  subject: 'contact',
  channel,
  purpose,
  decision: 'refused',
})

function says(ctx: TestContext, customerId: number, ...said: Said[]) {
  return recordConsents(ctx, { customerId, said, way: 'staff', proof: 'card 12' })
}

async function may(ctx: TestContext, customerId: number, channel: Channel = 'email', purpose: Purpose = 'promotion') {
  const state = (await consentStates(ctx, [customerId])).get(customerId)
  return mayContact(state, { channel, purpose, brandId: null, at: ctx.clock.now() }).may
}

test('staff write down what a customer says with the evidence; the ledger keeps it all, and nobody can change it', async () => {
  const ctx = await house()
  const { id } = await aCustomer(ctx, { name: '王小满', emails: ['xm@mail.example'], phones: ['13800138000'] })
  const desk = serverOf(ctx, [consent], staffActor(['customers.read', 'customers.edit']))
  const record = (body: object) => desk.request('POST', `/customers/${id}/consents`, { body })
  const before = await desk.request('GET', `/customers/${id}/consent`)
  const cell = (body: { cells: { channel: string; purpose: string }[] }, channel: string, purpose: string) =>
    body.cells.find((one) => one.channel === channel && one.purpose === purpose)

  const unproven = await record({
    said: [{ subject: 'contact', channel: 'email', purpose: 'promotion', decision: 'allowed' }],
  })
  const said = await record({
    said: [{ subject: 'contact', channel: 'email', purpose: 'promotion', decision: 'allowed' }],
    proof: 'card 12, drawer 3',
    text: { locale: 'zh-CN', words: '我愿意接收新茶信息' },
    shopId: 1,
  })
  const early = await record({ said: [{ subject: 'deceased', decision: 'on' }], at: '2027-01-01T00:00:00Z' })
  ctx.clock.moveTo('2026-03-02T04:00:00Z')
  await record({ said: [{ subject: 'contact', channel: 'phone', purpose: 'any', decision: 'refused' }] })
  const after = await desk.request('GET', `/customers/${id}/consent`)
  const ledger = await desk.request('GET', `/customers/${id}/consents`)

  expect(cell(before.body, 'email', 'promotion')).toMatchObject({ may: 'unknown', reasons: [{ code: 'silent' }] })
  expect(cell(before.body, 'wechat', 'service')).toMatchObject({
    may: 'no',
    reasons: [{ code: 'no_address' }, { code: 'assumed' }],
  })
  expect(unproven).toMatchObject({ status: 422, body: { code: 'consent.proof_needed' } })
  expect(early).toMatchObject({ status: 422, body: { code: 'consent.said_later' } })
  expect(said.status).toBe(201)
  expect(cell(after.body, 'email', 'promotion')).toMatchObject({
    may: 'yes',
    reasons: [{ code: 'allowed', way: 'staff' }],
  })
  expect(cell(after.body, 'phone', 'service')).toMatchObject({ may: 'no', reasons: [{ code: 'refused' }] })
  expect(cell(after.body, 'sms', 'service')).toMatchObject({ may: 'yes' })
  expect(ledger.body.items).toMatchObject([
    { channel: 'phone', decision: 'refused', at: '2026-03-02T04:00:00.000Z' },
    {
      channel: 'email',
      decision: 'allowed',
      proof: 'card 12, drawer 3',
      shopId: 1,
      text: { words: '我愿意接收新茶信息' },
    },
  ])
  const change = sql`update consents set decision = 'allowed'`.execute(ctx.db)
  await expect(change).rejects.toThrow(/only ever added to/)
  await expect(sql`delete from consents`.execute(ctx.db)).rejects.toThrow(/only ever added to/)
  await expect(sql`truncate consents cascade`.execute(ctx.db)).rejects.toThrow(/only ever added to/)
  await expect(sql`delete from consent_texts`.execute(ctx.db)).rejects.toThrow(/only ever added to/)
  const log = await ctx.db
    .selectFrom('auditEntries')
    .select(['action', 'objectId'])
    .where('action', '=', 'consent.record')
    .execute()
  expect(log).toContainEqual({ action: 'consent.record', objectId: String(id) })
})

test('whoever is merged is written to as the stricter of the two, and undoing gives each the own word back', async () => {
  const ctx = await house()
  const { id: mei } = await aCustomer(ctx, { name: '小美', emails: ['mei@mail.example'] })
  const { id: may_ } = await aCustomer(ctx, { name: 'May', emails: ['may@mail.example'] })
  await says(ctx, mei, yes('email'))
  await says(ctx, may_, no('email'))

  const compared = await compareConsents(ctx, [mei, may_])
  const { mergeId } = await mergeCustomers(ctx, { into: mei, from: [may_], evidence: 'staff' })
  const together = await may(ctx, mei)
  ctx.clock.moveTo('2026-03-03T04:00:00Z')
  await says(ctx, mei, yes('email'))
  const saidAgain = await may(ctx, mei)
  await says(ctx, mei, no('email', 'care'))
  await undoMerge(ctx, mergeId)

  expect(compared).toContainEqual({
    channel: 'email',
    purpose: 'promotion',
    each: [
      { customerId: mei, may: 'yes' },
      { customerId: may_, may: 'no' },
    ],
    together: 'no',
    because: 'refused',
  })
  expect(together).toBe('no')
  expect(saidAgain).toBe('yes')
  expect([await may(ctx, mei), await may(ctx, may_)]).toEqual(['yes', 'no'])
  expect([await may(ctx, mei, 'email', 'care'), await may(ctx, may_, 'email', 'care')]).toEqual(['no', 'no'])
})

test('a channel that wants the own yes of the person holds what others told until it is there', async () => {
  const ctx = await house()
  const { id } = await aCustomer(ctx, { name: 'Ann', emails: ['ann@mail.example'] })
  await saveRules(ctx, { assumed: ['service'], confirmed: ['email'], minorAge: 14 }, 0)

  await says(ctx, id, yes('email'))
  const told = await may(ctx, id)
  const profileId = (
    await ctx.db
      .selectFrom('profileCustomers')
      .select('profileId')
      .where('customerId', '=', id)
      .executeTakeFirstOrThrow()
  ).profileId
  await recordConsents(ctx, { customerId: id, profileId, said: [yes('email')], way: 'confirmed' })

  expect(told).toBe('unknown')
  expect(await may(ctx, id)).toBe('yes')
})

test('what the person ended is ended for the address on every record, and only the person takes it back', async () => {
  const ctx = await house()
  const { id: one } = await aCustomer(ctx, { name: 'Ann', emails: ['ann@mail.example'] })
  const { id: other } = await aCustomer(ctx, { name: 'Ann again' })
  await alsoSaid(ctx, other, { source: 'till', origin: 'import' })
  const profileId = (
    await sql<{ id: number }>`select min(profile_id) as id from profile_customers where customer_id = ${other}`.execute(
      ctx.db,
    )
  ).rows[0]!.id
  // The same address comes in by another door, as weak evidence.
  await sql`insert into identifiers (profile_id, kind, value, actor) values (${profileId}, 'email', 'ann@mail.example', 'import:1')`.execute(
    ctx.db,
  )
  await says(ctx, one, yes('email'))
  await says(ctx, other, yes('email'))

  await recordConsents(ctx, { customerId: one, said: [no('email')], way: 'one_click' })
  const ended = [await may(ctx, one), await may(ctx, other), await may(ctx, other, 'email', 'service')]
  ctx.clock.moveTo('2026-03-02T04:00:00Z')
  await says(ctx, one, yes('email'))
  const byStaff = await may(ctx, one)
  await recordConsents(ctx, { customerId: one, said: [yes('email')], way: 'page' })

  expect(ended).toEqual(['no', 'no', 'yes'])
  expect(byStaff).toBe('no')
  expect([await may(ctx, one), await may(ctx, other)]).toEqual(['yes', 'yes'])
  const kept = await sql<{ hash: string }>`select encode(hash, 'escape') as hash from suppressions`.execute(ctx.db)
  expect(JSON.stringify(kept.rows)).not.toContain('ann')
})

test('a list of another system closes addresses, and bad lines hold nothing up', async () => {
  const ctx = await house()
  const { id } = await aCustomer(ctx, { name: 'Li', phones: ['13800138000'] })
  await says(ctx, id, yes('sms'))
  const owner = serverOf(ctx, [consent], staffActor(['privacy.manage']))

  const listed = await owner.request('POST', '/suppressions', {
    body: { kind: 'phone', addresses: ['+86 138 0013 8000', 'nonsense'] },
  })

  expect(listed.body).toEqual({ added: 1, unusable: 1 })
  expect([await may(ctx, id, 'sms'), await may(ctx, id, 'phone', 'service')]).toEqual(['no', 'no'])
})

test('a tap is one message: two who send at once share one grant, 43101 empties the balance', async () => {
  const ctx = await house()
  const { id } = await aCustomer(ctx, { name: 'Li', phones: ['13800138000'] })
  const of = { channel: 'wechat', app: 'wx1', template: 'arrived' } as const

  const first = await grant(ctx, { ...of, customerId: id, count: 1, reference: 'tap-1' })
  const again = await grant(ctx, { ...of, customerId: id, count: 1, reference: 'tap-1' })
  const both = await Promise.allSettled(
    ['m1', 'm2'].map((reference) => takeGrant(ctx, { ...of, customerId: id, reference })),
  )
  const won = both.find((one) => one.status === 'fulfilled')!
  await returnGrant(ctx, { ...of, profileId: won.value.profileId, reference: 'm-that-won' })
  await returnGrant(ctx, { ...of, profileId: won.value.profileId, reference: 'm-that-won' })
  const left = (await consentStates(ctx, [id])).get(id)!.balances
  await grant(ctx, { ...of, customerId: id, count: 3, reference: 'tap-2' })
  await emptyGrants(ctx, { ...of, profileId: won.value.profileId, reference: 'm3' })

  expect([first.balance, again.balance]).toEqual([1, 1])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(left).toMatchObject([{ balance: 1 }])
  expect((await consentStates(ctx, [id])).get(id)!.balances).toEqual([])
  await expect(takeGrant(ctx, { ...of, customerId: id, reference: 'm4' })).rejects.toMatchObject({
    code: 'consent.no_grant',
  })
})

test('the state of many customers takes as many statements as of one', async () => {
  const ctx = await house()
  const ids: number[] = []
  for (const at of [1, 2, 3, 4]) {
    const { id } = await aCustomer(ctx, { name: `C${at}`, emails: [`c${at}@mail.example`] })
    await says(ctx, id, at % 2 ? yes('email') : no('email'))
    ids.push(id)
  }
  let statements = 0
  const counting = {
    transformQuery<T>({ node }: { node: T }) {
      statements += 1
      return node
    },
    transformResult: async <T>({ result }: { result: T }) => result,
  }
  const counted = { ...ctx, db: ctx.db.withPlugin(counting) as typeof ctx.db }

  const states = await consentStates(counted, ids)
  const many = statements
  statements = 0
  await consentStates(counted, ids.slice(0, 1))

  expect(
    ids.map(
      (id) =>
        mayContact(states.get(id), { channel: 'email', purpose: 'promotion', brandId: null, at: ctx.clock.now() }).may,
    ),
  ).toEqual(['yes', 'no', 'yes', 'no'])
  expect(many).toBe(statements)
  expect(states.get(987_654)).toBeUndefined()
})
