import { isContractProcedure } from '@orpc/contract'
import { expect, test } from 'vitest'
import { modulesOf } from '#app/modules.ts'
import { permissionsOf } from '#know/staff/index.ts'
import { aBrowser, aStaff } from '#know/staff/testing/index.ts'
import { seal, verify } from '#platform/audit/index.ts'
import { readConfig } from '#platform/config.ts'
import type { EndpointMeta } from '#platform/contract/index.ts'
import { say } from '#platform/i18n/index.ts'
import { serverOf, staffActor, type TestContext, useHouse } from '#platform/testing/index.ts'
import { type Known, learn, person, steps } from './every-endpoint.ts'

// Every act is in the audit log, whatever module it is of, and so is every look at people; a new endpoint is covered by default.

const house = useHouse()
const modules = modulesOf(readConfig({}))

type Kind = { action: string; looks: boolean }

/** Of each endpoint and stream, by its name in `steps`: what the log calls it, and whether it only reads. */
const kinds = new Map<string, Kind>(
  modules.flatMap(({ name, api, streams = [] }): [string, Kind][] => [
    ...Object.entries((api?.contract ?? {}) as Record<string, unknown>).flatMap(([key, value]): [string, Kind][] => {
      if (!isContractProcedure(value)) return []
      const { route, meta } = value['~orpc']
      const looks = route.method === 'GET' || (meta as EndpointMeta).rate === 'read'
      return [[`${name}.${key}`, { action: `${name}.${key}`, looks }]]
    }),
    ...streams.map(({ method, path }): [string, Kind] => [
      `${name} ${path}`,
      {
        action: `${name}.${path.split('/').findLast((part) => part && !part.startsWith(':'))}`,
        looks: method === 'GET',
      },
    ]),
  ]),
)

/** Looks that show nobody: no entry. */
const showNobody =
  /^staff\.(teams|sight)|^(regions|shops|catalog|projection|lifecycle|metrics|cohorts|reports|dashboards|digest|affinity|funnels|paths|health|backup|keys)\.|^value\.(?!query)|^tags\.(list|ofMany)|^talks\.days|^identity\.(rules|mark)|^duplicates\.(count|scan)|^bulk\.(list|get)|^fresh\.|^fields\.list|^manners\.check|^customers\.(owned|owners)|^exchange\.(list|get|presets|leftovers)|^ingest\.(keys|live)|^(consent|rights)\.rules|^arrivals\.(ways|ofMany|costs)|^reviews\.summary|^states\.list|^predictions\.(forecast|outlook|toDo)|^audit\.actions|^recommend\.(related|audience|lists)|^segments\.(?!reasons|ofCustomer|picks)|^membership\.history/

async function entriesOf(ctx: TestContext, after = 0) {
  return ctx.db.selectFrom('auditEntries').selectAll().where('id', '>', after).orderBy('id').execute()
}

test('every act and every look at people leaves its entry, and the chain of them holds', async () => {
  const ctx = await house()
  const owner = serverOf(ctx, modules, staffActor([...permissionsOf('owner')]))
  const of: Known = { staff: await aStaff(ctx, { email: 'a@b.example', role: 'analyst' }) }
  const missing: string[] = []
  let last = 0

  for (const [name, method, path, asked] of steps) {
    // Sign-ins are told of below; these need a person's own session.
    if (/^staff\.(?!.*(Team|teams|ight))/.test(name)) continue
    const { body, raw, headers } = asked?.(of) ?? {}
    const answer = await owner.request(method, path(of), { body, raw: raw as string | undefined, headers })
    learn(of, name, { ...answer, text: '' })
    const told = await entriesOf(ctx, last)
    last = Math.max(last, ...told.map((one) => Number(one.id)))
    const { action, looks } = kinds.get(name)!
    // A list that found nobody showed nobody.
    const nobody = showNobody.test(name) || answer.body?.items?.length === 0
    const wanted = !looks ? ['done'] : nobody ? [] : ['seen']
    const found = told.filter((one) => one.action === action).map((one) => one.outcome)
    if (answer.status < 400 && found.join() !== wanted.join()) missing.push(`${name}: ${found} instead of ${wanted}`)
    for (const one of told) expect([one.actor, one.ip, one.action], name).toEqual(['staff:1', '127.0.0.1', one.action])
  }

  expect(missing).toEqual([])
  while ((await seal(ctx)) > 0);
  expect(await verify(ctx)).toMatchObject({ ok: true, unsealed: 0, broken: null })
})

test('an edit says which fields changed, from what to what: marks in the chain, masks beside it', async () => {
  const ctx = await house()
  const owner = serverOf(ctx, modules, staffActor([...permissionsOf('owner')]))
  const { body: made } = await owner.request('POST', '/customers', { body: person })
  const headers = { 'if-match': `"${made.version}"` }

  await owner.request('PATCH', `/customers/${made.id}`, {
    body: { values: { address: 'Moon 7', city: 'Moon' } },
    headers,
  })

  const [added, edited] = await entriesOf(ctx)
  expect(added).toMatchObject({ action: 'customers.add', objectId: String(made.id) })
  expect(edited).toMatchObject({
    action: 'customers.edit',
    objectId: String(made.id),
    data: { changes: { address: [expect.any(String), expect.any(String)], city: [null, expect.any(String)] } },
    shown: { changes: { address: ['***', '***'], city: [null, 'Moon'] } },
  })
  type Changed = { changes: Record<string, [string | null, string]> }
  const { changes: before } = added!.data as Changed
  const { changes: after } = edited!.data as Changed
  expect(after.address![0], 'the same value has the same mark').toBe(before.address![1])
  expect(JSON.stringify([added, edited])).not.toMatch(/139-?1234|Zq9canary.? (address|notes)/i)
})

test('sign-ins, wrong passwords and sign-outs are told, with whom and from where', async () => {
  const ctx = await house()
  const id = await aStaff(ctx, { email: 'mei@shop.example', role: 'assistant' })
  const browser = aBrowser(ctx, { ip: '203.0.113.7' })

  await browser.ask('POST', '/session', { email: 'mei@shop.example', password: 'wrong password here' })
  await browser.signIn('mei@shop.example')
  await browser.ask('GET', '/staff')
  await browser.ask('DELETE', '/session')

  const told = (await entriesOf(ctx)).map(({ actor, ip, action, outcome, reason }) => [
    actor,
    ip,
    action,
    outcome,
    reason,
  ])
  expect(told).toEqual([
    ['nobody', '203.0.113.7', 'staff.signIn', 'refused', 'staff.wrong_sign_in'],
    [`staff:${id}`, '203.0.113.7', 'staff.signIn', 'done', null],
    [`staff:${id}`, '203.0.113.7', 'staff.list', 'denied', 'http.forbidden'],
    [`staff:${id}`, '203.0.113.7', 'staff.signOut', 'done', null],
  ])
})

test('an export is told when it begins, with its columns, and when it has left, with how many', async () => {
  const ctx = await house()
  const owner = serverOf(ctx, modules, staffActor([...permissionsOf('owner')]))
  await owner.request('POST', '/customers', { body: person })

  await owner.request('POST', '/customers/export', { body: { columns: ['name', 'phone'] } })

  expect((await entriesOf(ctx)).slice(1)).toMatchObject([
    { action: 'customers.export', outcome: 'done', data: { columns: ['name', 'phone'], masked: [] } },
    { action: 'customers.exported', outcome: 'done', rows: 1, data: { columns: ['name', 'phone'] }, ip: '127.0.0.1' },
  ])
})

test('everything that the log can tell of has words', () => {
  const wordless = [...kinds.values()]
    .map(({ action }) => `audit.action.${action}`)
    .filter((key) => say('en', key) === key)

  expect(wordless).toEqual([])
})
