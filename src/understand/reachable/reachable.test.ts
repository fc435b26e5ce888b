import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { consentStates, mayContact, suppress } from '#know/consent/index.ts'
import type { TestContext } from '#platform/testing/index.ts'
import { useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { giveProfile } from '#understand/projection/testing/records.ts'
import { type Condition, channels, purposes } from '#understand/query/contract.ts'
import { compileAnswers, compileReach, lensOf, planOf, rowsOf } from '#understand/query/index.ts'
import { diceOf } from '#understand/query/testing/small-shop.ts'
import { followAll, followReachable } from './index.ts'

const house = useHouse()
const people = 60
const newest = { by: 'added', direction: 'down' } as const
const cells = channels.flatMap((by) => purposes.map((purpose): Condition => ({ is: 'may', by, for: purpose })))

test('whom a question may write to is whom the gate would let through, whatever was said, by whom, and until when', async () => {
  const ctx = await house()
  await someWords(ctx, 20_261_122)
  await suppress(ctx, addresses(7, 19), { channel: 'any', purpose: 'any', reason: 'unsubscribed' })
  await suppress(ctx, addresses(8, 30), { channel: 'sms', purpose: 'promotion', reason: 'bounced' })
  await expectTheSame(ctx)

  // Yeses and pauses end, children grow up: by time alone.
  ctx.clock.moveTo('2026-04-20T04:00:00Z')
  await expectTheSame(ctx)
  ctx.clock.moveTo('2031-04-20T04:00:00Z')
  await expectTheSame(ctx)

  // One word more, an address that comes to the list, two who are one, other rules of the shop.
  await sql`insert into consents (said_id, profile_id, subject, decision, way, actor, at)
            values (gen_random_uuid(), 1, 'contact', 'refused', 'staff', 'staff:1', ${ctx.clock.now()})`.execute(ctx.db)
  await suppress(ctx, addresses(40, 41), { channel: 'any', purpose: 'any', reason: 'listed' })
  await giveProfile(ctx, 3, 2)
  await sql`update customers set version = version + 1, xid = pg_current_xact_id() where id = any(array[2, 3])`.execute(
    ctx.db,
  )
  await expectTheSame(ctx)
  await sql`insert into settings (name, value, changed_by) values ('consent', '{"assumed": ["service", "care"], "minorAge": 18}', 'test')`.execute(
    ctx.db,
  )
  await expectTheSame(ctx)
  expect(await followReachable(ctx), 'nothing is left to do').toBe(false)
})

test('the reach of a question counts whom it finds, way by way', async () => {
  const ctx = await house()
  await someWords(ctx, 7)
  await projectAll(ctx)
  await followAll(ctx)
  const found: Condition = { is: 'has', what: 'openid' }
  const lens = await lensOf(ctx)
  const plan = (where: Condition) => planOf(where, newest, lens, {})

  const [reach] = await rowsOf<{ yes: number[]; no: number[] }>(ctx, compileReach(plan(found), 'promotion'))

  const rows = await answersTo(ctx, [found, ...channels.map((by): Condition => ({ is: 'may', by, for: 'promotion' }))])
  const among = [...rows.values()].filter(([has]) => has === 1)
  expect(among.length).toBeGreaterThan(0)
  const count = (said: number) => channels.map((_, at) => among.filter((row) => row[at + 1] === said).length)
  expect(reach!.yes.map(Number)).toEqual(count(1))
  expect(reach!.no.map(Number)).toEqual(count(0))
})

async function expectTheSame(ctx: TestContext): Promise<void> {
  await projectAll(ctx)
  await followAll(ctx)
  const told = await answersTo(ctx, cells)
  const states = await consentStates(ctx, [...told.keys()])
  const kinds = { yes: 0, no: 0, unknown: 0 }
  for (const [id, answers] of told) {
    const gate = cells.map((cell) => {
      if (cell.is !== 'may') throw new Error('a cell')
      const { may } = mayContact(states.get(id), {
        channel: cell.by,
        purpose: cell.for,
        brandId: null,
        at: ctx.clock.now(),
      })
      kinds[may] += 1
      return may === 'yes' ? 1 : may === 'no' ? 0 : 2
    })
    expect(answers, `customer ${id} at ${ctx.clock.now().toISOString()}`).toEqual(gate)
  }
  expect(told.size).toBeGreaterThan(people - 2)
  for (const count of Object.values(kinds)) expect(count).toBeGreaterThan(20)
}

async function answersTo(ctx: TestContext, conditions: Condition[]): Promise<Map<number, number[]>> {
  const lens = await lensOf(ctx)
  const { where, yardstick } = planOf({ is: 'or', of: conditions }, newest, lens, {})
  const rows = await rowsOf<{ customerId: number; answers: number[] }>(
    ctx,
    compileAnswers({ lens, yardstick, conditions: where.is === 'or' ? where.of : [] }),
  )
  return new Map(rows.map(({ customerId, answers }) => [Number(customerId), answers]))
}

const phone = (profile: number) => `+8613800${String(profile).padStart(6, '0')}`
const addresses = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => ({ kind: 'phone', scope: '', value: phone(from + at) }))

/** One profile a customer, of the same number. */
async function someWords(ctx: TestContext, seed: number): Promise<void> {
  const dice = diceOf(seed)
  const pick = <T>(of: readonly T[]) => of[dice(of.length)]!
  await sql`with c as (insert into customers (birth_calendar, birth_year, birth_month, birth_day)
                       select 'solar', case when n % 5 = 0 then 2013 + n % 4 end, case when n % 5 = 0 then 4 end, case when n % 5 = 0 then 1 + n % 28 end
                         from generate_series(1, ${people}::int) n order by n)
            insert into profiles (source_id, external_id) select 1, 'words:' || n from generate_series(1, ${people}::int) n order by n`.execute(
    ctx.db,
  )
  await sql`insert into profile_customers (profile_id, customer_id) select n, n from generate_series(1, ${people}::int) n`.execute(
    ctx.db,
  )
  const known = Array.from({ length: people }, (_, at) => at + 1).flatMap((id) => [
    ...(dice(3) > 0 ? [{ id, kind: 'phone', scope: '', value: phone(id) }] : []),
    ...(dice(2) > 0 ? [{ id, kind: 'email', scope: '', value: `p${id}@example.com` }] : []),
    ...(dice(2) > 0 ? [{ id, kind: 'openid', scope: 'app', value: `o${id}` }] : []),
  ])
  await sql`insert into identifiers (profile_id, kind, scope, value, actor)
            select id, kind, scope, value, 'staff:1' from jsonb_to_recordset(${JSON.stringify(known)}::jsonb) as r(id bigint, kind text, scope text, value text)`.execute(
    ctx.db,
  )
  const words = Array.from({ length: people * 3 }, (_, at) => {
    const subject = pick(['contact', 'contact', 'contact', 'contact', 'pause', 'minor', 'deceased'] as const)
    return {
      profile: 1 + dice(people),
      subject,
      channel: pick(['any', 'sms', 'email', 'phone', 'wechat']),
      purpose: pick(['any', 'promotion', 'care']),
      decision: subject === 'contact' ? pick(['allowed', 'allowed', 'refused', 'asked']) : pick(['on', 'off', 'off']),
      at: new Date(Date.UTC(2026, 0, 1) + at * 60_000).toISOString(),
      expires: dice(3) === 0 ? new Date(Date.UTC(2026, 2, 2 + dice(60))).toISOString() : null,
    }
  })
  await sql`insert into consents (said_id, profile_id, subject, channel, purpose, decision, expires_at, way, actor, at)
            select gen_random_uuid(), profile, subject, channel, purpose, decision, expires, 'staff', 'staff:1', at
              from jsonb_to_recordset(${JSON.stringify(words)}::jsonb)
                as r(profile bigint, subject text, channel text, purpose text, decision text, at timestamptz, expires timestamptz)`.execute(
    ctx.db,
  )
}
