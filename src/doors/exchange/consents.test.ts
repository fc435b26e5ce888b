import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { type Channel, consent, consentStates, mayContact, recordConsents } from '#know/consent/index.ts'
import { serverOf, type TestContext, useHouse } from '#platform/testing/index.ts'
import { anImport } from './an-import.ts'
import { problemsFrom } from './problems.ts'
import { run } from './run.ts'
import { startUndo } from './steer.ts'

const house = useHouse()

const preset = {
  columns: {
    'customer.id': ['Customer'],
    'customer.name': ['Name'],
    'customer.email': ['Email'],
    'customer.phone': ['Phone'],
    'consent.email.promotion': ['Mail'],
    'consent.sms.promotion': ['SMS'],
    'consent.at': ['When'],
    'consent.proof': ['Source'],
  },
}
const header = 'Customer,Name,Email,Phone,Mail,SMS,When,Source\n'

async function idOf(ctx: TestContext, number: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`select id from customers where number = ${number}`.execute(ctx.db)
  return rows[0]!.id
}

async function may(ctx: TestContext, number: string, channel: Channel): Promise<string> {
  const id = await idOf(ctx, number)
  const state = (await consentStates(ctx, [id])).get(id)
  return mayContact(state, { channel, purpose: 'promotion', brandId: null, at: ctx.clock.now() }).may
}

const wordsOf = async (ctx: TestContext, number: string) =>
  (await serverOf(ctx, [consent]).request('GET', `/customers/${await idOf(ctx, number)}/consents`)).body.items

test('a file tells who allows what: seen before, proved by its row, a no always taken, nobody’s refusal lifted', async () => {
  const ctx = await house()
  const first =
    `${header}k1,Ana,ana@mail.example,13800138001,yes,是,,signed card\n` +
    'k2,Bo,bo@mail.example,13800138002,退订,,,\n' +
    'k3,Cy,cy@mail.example,13800138003,2025-05-20,,,\n' +
    'k4,Di,di@mail.example,13800138004,perhaps,,,\n' +
    'k6,Fu,fu@mail.example,13800138006,yes,no,2024-01-31 10:00,web form\n' +
    'k6,Fu,fu@mail.example,13800138006,no,,,\n'

  const seen = await anImport(ctx, first, { preset, goal: 'compared', name: 'people.csv' })
  const { rows: before } = await sql`select 1 from consents`.execute(ctx.db)
  const [problem] = await problemsFrom(ctx, seen.id, 0, 10)
  const one = await anImport(ctx, first, { preset, name: 'people.csv' })

  expect(before).toEqual([])
  expect(seen.comparison!.consents).toEqual({ allowed: 4, refused: 3, asked: 0, kept: 0, same: 0 })
  expect(seen.comparison!.samples[0]!.fields.map(({ field }) => field)).toContain('#consent sms promotion yes')
  expect(problem).toMatchObject({ reason: 'exchange.no_yes_or_no', columnName: 'Mail', value: 'perhaps' })
  expect(one.state).toBe('applied')
  expect(await Promise.all(['k1', 'k2', 'k3', 'k6'].map((who) => may(ctx, who, 'email')))).toEqual([
    'yes',
    'no',
    'yes',
    'no',
  ])
  expect(await may(ctx, 'k1', 'sms')).toBe('yes')
  expect((await wordsOf(ctx, 'k1'))[0]).toMatchObject({
    way: 'import',
    proof: 'signed card · people.csv:2',
    withdrawnAt: null,
  })
  expect((await wordsOf(ctx, 'k3'))[0]).toMatchObject({ decision: 'allowed', at: '2025-05-19T16:00:00.000Z' })
  const { rows: facts } = await sql<{ kind: string; historic: boolean }>`
    select distinct kind, historic from facts where kind like 'consent.%' order by 1`.execute(ctx.db)
  expect(facts).toEqual([
    { kind: 'consent.allowed', historic: true },
    { kind: 'consent.refused', historic: true },
  ])

  // What she says since is not undone by a file: neither by the same again, nor by another without a date or with an older one.
  ctx.clock.moveTo('2026-03-02T04:00:00Z')
  for (const who of ['k1', 'k3']) {
    await recordConsents(ctx, {
      customerId: await idOf(ctx, who),
      said: [{ subject: 'contact', channel: 'any', purpose: 'promotion', decision: 'refused' }],
      // By staff: what the person ends with own hands is kept of the address as well.
      way: 'staff',
    })
  }
  await serverOf(ctx, [consent]).request('PUT', '/consent-rules', {
    body: { rules: { assumed: [], confirmed: ['sms'], minorAge: 14 }, version: 0 },
  })
  const again = await anImport(ctx, first, { preset, goal: 'compared', name: 'people.csv' })
  const two = await anImport(
    ctx,
    `${header}k1,Ana,,,Opted in,,,\nk3,Cy,,,,yes,2025-12-01,\nk2,Bo,,,,yes,,\nk9,Gu,,13800138009,,yes,,\n`,
    { preset, name: 'more.csv' },
  )
  expect(again.comparison!.consents).toEqual({ allowed: 0, refused: 0, asked: 0, kept: 0, same: 7 })
  expect([two.state, await may(ctx, 'k1', 'email'), await may(ctx, 'k3', 'sms'), await may(ctx, 'k9', 'sms')]).toEqual([
    'applied',
    'no',
    'no',
    'unknown',
  ])
  expect((await wordsOf(ctx, 'k9'))[0].decision).toBe('asked')

  // The file was the wrong one: its words are taken back where a record stays, and are gone with who came by it alone.
  await startUndo(ctx, one.id)
  await run(ctx, one.id, new AbortController().signal)
  const { rows: left } = await sql<{ number: string }>`select number from customers order by 1`.execute(ctx.db)
  expect(left.map(({ number }) => number)).toEqual(['k1', 'k2', 'k3', 'k9'])
  expect(await may(ctx, 'k2', 'email')).toBe('unknown')
  const words = await wordsOf(ctx, 'k1')
  expect(
    words.map((word: { way: string; withdrawnAt: string | null }) => [word.way, word.withdrawnAt !== null]),
  ).toEqual([
    ['staff', false],
    ['import', true],
    ['import', true],
  ])
  await expect(sql`delete from consent_withdrawals`.execute(ctx.db)).rejects.toThrow(/only ever added to/)
})

test('a yes without a day lifts nobody’s no, an older one neither, a later one does; what an undo takes back can be told again', async () => {
  const ctx = await house()
  const people = `${header}a,Ana,ana@mail.example,,,,,\nb,Bo,bo@mail.example,,,,,\nc,Cy,cy@mail.example,,,,,\nd,Di,di@mail.example,,,,,\n`
  await anImport(ctx, people, { preset, name: 'people.csv' })
  for (const who of ['a', 'b', 'c']) {
    await recordConsents(ctx, {
      customerId: await idOf(ctx, who),
      said: [{ subject: 'contact', channel: 'any', purpose: 'promotion', decision: 'refused' }],
      way: 'staff',
    })
  }
  ctx.clock.moveTo('2026-03-05T04:00:00Z')
  const said = `${header}a,Ana,,,yes,,,\nb,Bo,,,yes,,2025-11-01,\nc,Cy,,,yes,,2026-03-03,\nd,Di,,,yes,,,\nd,Di,,,,no,,\n`

  const seen = await anImport(ctx, said, { preset, goal: 'compared', name: 'said.csv' })
  const one = await anImport(ctx, said, { preset, name: 'said.csv' })
  const stand = () => Promise.all(['a', 'b', 'c', 'd'].map((who) => may(ctx, who, 'email')))
  const after = await stand()
  const undated = await wordsOf(ctx, 'a')
  await startUndo(ctx, one.id)
  await run(ctx, one.id, new AbortController().signal)
  const back = await stand()
  const withdrawn = (await wordsOf(ctx, 'd')).map((word: { withdrawnAt: string | null }) => word.withdrawnAt !== null)
  const again = await anImport(ctx, said, { preset, name: 'said.csv' })

  expect(seen.comparison!.consents).toEqual({ allowed: 2, refused: 1, asked: 0, kept: 2, same: 0 })
  expect(after).toEqual(['no', 'no', 'yes', 'yes'])
  expect(undated, 'a yes that lifts nothing is not even written down').toHaveLength(1)
  expect(back).toEqual(['no', 'no', 'no', 'unknown'])
  expect(withdrawn).toEqual([true, true])
  expect([again.state, ...(await stand())]).toEqual(['applied', 'no', 'no', 'yes', 'yes'])
})
