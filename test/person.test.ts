import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { modulesOf } from '#app/modules.ts'
import { addressesOf, consentStates, grant, mayContact, recordConsents } from '#know/consent/index.ts'
import { aCustomer, alsoSaid, anOrderOf } from '#know/customers/testing/a-customer.ts'
import { ask, eraseWaiting, exportPerson, registryOfModules, untold } from '#know/rights/index.ts'
import { permissionsOf } from '#know/staff/index.ts'
import { seal, verify } from '#platform/audit/index.ts'
import { readConfig } from '#platform/config.ts'
import { serverOf, staffActor, type TestContext, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'

// What a person may ask of us, of the whole house: an unmistakable value stands in every column of every table that holds something of
// the person, in both engines. All of them are told, and none is left when the person is erased.

const house = useHouse()
const folder = mkdtempSync(join(tmpdir(), 'regulars-person-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const modules = modulesOf(readConfig({ REGULARS_DATA: folder }, folder))
const registry = registryOfModules(modules)
const mark = 'Zq9erase'

type Column = { table: string; column: string; type: string; nullable: boolean }

/** Columns of the records, partitions aside. */
async function columnsOf(ctx: TestContext): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select c.table_name as table, c.column_name as column, c.data_type as type, c.is_nullable = 'YES' as nullable
      from information_schema.columns c join pg_class t on t.oid = format('public.%I', c.table_name)::regclass
     where c.table_schema = 'public' and t.relkind in ('r', 'p') and not t.relispartition and c.is_generated = 'NEVER'
     order by 1, c.ordinal_position`.execute(ctx.db)
  return rows
}

async function columnTables(ctx: TestContext): Promise<string[]> {
  const answer = await ctx.columns.query({
    query: 'SELECT name FROM system.tables WHERE database = currentDatabase() ORDER BY name',
    format: 'JSONEachRow',
  })
  return (await answer.json<{ name: string }>()).map(({ name }) => name)
}

test('every table of both engines is declared by one module: what it holds of a person, or that it holds nobody’s data', async () => {
  const ctx = await house()
  const tables = [...new Set((await columnsOf(ctx)).map(({ table }) => table))]

  const records = untold(tables, [...registry.tables.map(({ table }) => table), ...registry.nobodys])
  const columns = untold(await columnTables(ctx), [
    ...registry.columns.map(({ table }) => table),
    ...registry.nobodysColumns,
  ])

  expect(records).toEqual([])
  expect(columns).toEqual([])
})

test('a person is told everything, then forgotten in both engines, in files and logs; orders stay, the audit log holds', async () => {
  const { ctx, id, profileIds, upload } = await aPerson()
  const planted = await plant(ctx, { customerId: id, profileIds })

  const told = await unzipped(await exportPerson(ctx, registry, { customerId: id }))
  const text = [...told.values()].join('\n')
  const about = JSON.parse(told.get('about.json')!) as { leftOut: Record<string, string> }
  const missing = planted.filter(({ table, value }) => !about.leftOut[table] && !text.includes(value))
  const addresses = await addressesOf(ctx, profileIds)
  const email = addresses.find(({ kind, value }) => kind === 'email' && /^zq9[a-z]+@mail\.example$/.test(value))!.value
  const owner = serverOf(ctx, modules, staffActor([...permissionsOf('owner')], { label: 'staff:1' }))
  const asked = await ask(ctx, {
    customerId: id,
    kind: 'erase',
    cameBy: 'counter',
    note: `${mark} showed her passport`,
  })
  const unsure = await owner.request('POST', `/privacy-requests/${asked.id}/erasure`, { body: {} })
  const begun = await owner.request('POST', `/privacy-requests/${asked.id}/erasure`, {
    body: {},
    headers: { 'if-match': `"${asked.version}"` },
  })
  const erased = await eraseWaiting(ctx, { registry, follow: projectAll, everyMs: 20 })
  const again = await eraseWaiting(ctx, { registry, follow: projectAll })
  await seal(ctx)

  expect(planted.length).toBeGreaterThan(45)
  expect(missing.map(({ table, column }) => `${table}.${column}`)).toEqual([])
  expect([unsure.status, begun.status, erased, again]).toEqual([428, 202, 1, 0])
  const request = await owner.request('GET', `/privacy-requests/${asked.id}`)
  expect(request.body).toMatchObject({ state: 'done', customer: null, note: null, failure: null })
  const kept = await foundIn(ctx, planted)
  expect(kept).toEqual([])
  expect(existsSync(upload)).toBe(false)
  expect((await verify(ctx)).ok).toBe(true)
  const { rows: orders } = await sql<{ amount: number; name: string }>`
    select sum(o.amount)::int as amount, min(p.external_id) as name from orders o join profiles p on p.id = o.profile_id
     where p.id = any(${profileIds}::bigint[])`.execute(ctx.db)
  expect(orders[0]).toMatchObject({ amount: 100, name: expect.stringMatching(/^erased:\d+$/) })
  // Somebody with the same address comes by another door.
  const { id: back } = await aCustomer(ctx, { name: 'Back', emails: [email] })
  await recordConsents(ctx, {
    customerId: back,
    said: [{ subject: 'contact', channel: 'email', decision: 'allowed' }],
    way: 'staff',
    proof: 'card',
  })
  const state = (await consentStates(ctx, [back])).get(back)
  const may = (purpose: 'promotion' | 'service') =>
    mayContact(state, { channel: 'email', purpose, brandId: null, at: ctx.clock.now() }).may
  expect(addresses.length).toBeGreaterThan(1)
  expect([may('promotion'), may('service')]).toEqual(['no', 'yes'])
}, 120_000)

test('an erasure that was cut off anywhere goes on, and ends the same', async () => {
  const { ctx, id } = await aPerson()
  const asked = await ask(ctx, { customerId: id, kind: 'erase', cameBy: 'email' })
  const owner = serverOf(ctx, modules, staffActor([...permissionsOf('owner')]))
  await owner.request('POST', `/privacy-requests/${asked.id}/erasure`, {
    body: {},
    headers: { 'if-match': `"${asked.version}"` },
  })

  const own = registry.tables.filter(({ forget }) => typeof forget === 'function').length
  for (const stopAfter of [1, Math.floor(own / 2) - 1, own - 2 - Math.floor(own / 2)]) {
    let left = stopAfter
    const cut = { ...registry, tables: registry.tables.map((table) => ({ ...table, forget: cutting(table.forget) })) }
    function cutting(forget: (typeof registry.tables)[number]['forget']) {
      if (typeof forget !== 'function') return forget
      return async (...given: Parameters<typeof forget>) => {
        left -= 1
        if (left < 0) throw new Error('cut off')
        return forget(...given)
      }
    }
    await eraseWaiting(ctx, { registry: cut, follow: projectAll })
    // An import under way tells of the person once more.
    if (stopAfter === 1) await alsoSaid(ctx, id, { source: 'late', origin: 'import', city: `${mark} Town` })
  }
  const columnsDown = await eraseWaiting(ctx, {
    registry,
    follow: async () => {
      throw new Error('no columns')
    },
  })
  const between = await owner.request('GET', `/privacy-requests/${asked.id}`)
  const ended = await eraseWaiting(ctx, { registry, follow: projectAll, everyMs: 20 })

  expect([columnsDown, ended]).toEqual([0, 1])
  expect(between.body).toMatchObject({ state: 'erasing', failure: 'Error' })
  const after = await owner.request('GET', `/privacy-requests/${asked.id}`)
  expect(after.body).toMatchObject({ state: 'done', failure: null })
  expect((await owner.request('GET', `/customers/${id}`)).status).toBe(404)
  expect(await foundIn(ctx, [{ table: '', column: '', value: '' }])).toEqual([])
}, 60_000)

/** A customer of staff, of an import and of the shop, with an order, an uploaded file and consents. */
async function aPerson() {
  const ctx = await house()
  const owner = serverOf(ctx, modules, staffActor([...permissionsOf('owner')], { label: 'staff:1' }))
  const { body: made } = await owner.request('POST', '/customers', {
    body: {
      values: { name: `${mark} Wang`, address: `${mark} Road 7`, notes: `${mark} likes jasmine` },
      emails: ['zq9erase@mail.example', 'zq9back@mail.example'],
      phones: ['13912340987'],
    },
  })
  await grant(ctx, { customerId: made.id, channel: 'wechat', app: 'wx1', template: 't', count: 1, reference: 'tap' })
  await sql`
    insert into customer_owner_changes (customer_id, note, actor, at)
    values (${made.id}, ${`${mark} is shy`}, 'staff:1', now())`.execute(ctx.db)
  const imported = await alsoSaid(ctx, made.id, { source: 'till', origin: 'import', city: `${mark} City` })
  await anOrderOf(ctx, imported, 1, 'T-1')
  await owner.request('PATCH', `/customers/${made.id}`, {
    body: { values: { name: `${mark} Li` } },
    headers: { 'if-match': `"${(await owner.request('GET', `/customers/${made.id}`)).body.version}"` },
  })
  await recordConsents(ctx, {
    customerId: made.id,
    said: [{ subject: 'contact', channel: 'email', decision: 'allowed' }],
    way: 'staff',
    proof: `${mark} card`,
  })
  const upload = join(folder, `upload-${made.id}.csv`)
  writeFileSync(upload, `Id,Name\n1,${mark} Wang\n`)
  await sql`
    insert into imports (file_name, path, uploaded, file_size, file_hash, shape, preset, state, actor, comparison)
    values (${`${mark} Wang.csv`}, ${upload}, true, 10, 'x', '{"sample":[]}', '{}', 'applied', 'staff:1',
            ${JSON.stringify({ samples: [{ key: `${mark} Wang` }] })}::jsonb)`.execute(ctx.db)
  await sql`
    insert into import_evidence (entity, row_id, import_id, effect) values ('profiles', ${imported}, 1, 'made')`.execute(
    ctx.db,
  )
  await sql`
    insert into import_problems (import_id, row, reason, value) values (1, 2, 'x', ${`${mark} Wang`})`.execute(ctx.db)
  const { rows: acts } = await sql<{ id: number }>`
    insert into bulk_acts (act, actor, scope, state, asked_at, total)
    values (${JSON.stringify({ do: 'untag', tagId: 1, reason: `${mark} Wang asked` })}, 'staff:1', '{"kind": "all"}', 'done', now(), 1)
    returning id`.execute(ctx.db)
  await sql`
    insert into bulk_people (act_id, customer_id, profile_id, before, state) values (${acts[0]!.id}, ${made.id}, ${imported}, '{}', 'changed')`.execute(
    ctx.db,
  )
  await sql`insert into confirmations (profile_id, field, at, actor) values (${imported}, 'city', now(), 'staff:1')`.execute(
    ctx.db,
  )
  await sql`
    insert into field_faults (profile_id, field, reason, at, actor) values (${imported}, 'phone', 'invalid', now(), 'staff:1')`.execute(
    ctx.db,
  )
  await projectAll(ctx)
  const { rows } = await sql<{ id: number }>`
    select profile_id as id from profile_customers where customer_id = ${made.id}`.execute(ctx.db)
  return { ctx, id: made.id, profileIds: rows.map((row) => row.id), upload }
}

type Planted = { table: string; column: string; value: string }

/** Columns that cannot hold a word of anybody's: names of kinds that the database checks, and keys of its own. */
const closed =
  /^(actor|kind|origin|entity|effect|reason|state|channel|purpose|decision|subject|way|status|scope|xid|tokens|pinyin|route|principal|request_hash|headers|outcome|object|object_id|action|birth_calendar|gender|stage|field|mark|law|came_by|refusal|steps|marks|foreign_currency|content_hash)$/

/** Of these tables no more than this can tell of a person: the rest is sealed marks, or the shop's own words. */
const only: Record<string, readonly string[]> = {
  audit_entries: ['shown'],
  orders: ['reason'],
  bulk_acts: ['act', 'list'],
  imports: ['comparison', 'shape', 'file_name'],
  import_problems: ['value', 'params'],
  import_evidence: [],
}

/** Where in a document the quotes of people stand. */
const places: Record<string, string> = { 'imports.comparison': 'samples', 'imports.shape': 'sample' }

/**
 * Writes a value of its own into every free column of every table that holds rows of the person: an own row is there already, or the
 * first is found by the table's own condition.
 */
async function plant(
  ctx: TestContext,
  { customerId, profileIds }: { customerId: number; profileIds: number[] },
): Promise<Planted[]> {
  const person = { customerIds: [customerId], profileIds, marks: [`${mark} Wang`, '13912340987'] }
  const columns = await columnsOf(ctx)
  const planted: Planted[] = []
  for (const { table, rows, forget } of registry.tables) {
    const free = columns.filter(
      (one) =>
        one.table === table &&
        !closed.test(one.column) &&
        /text|character|json/.test(one.type) &&
        (only[table]?.includes(one.column) ?? true),
    )
    for (const { column, type } of free) {
      // What stays of orders is what the books need: no word of the person is put there.
      if (typeof forget === 'object') continue
      const value = `${mark}-${table}-${column}`.toLowerCase()
      // By one of these it is found, whichever of the others was written over.
      const names = `13912340987 zq9erase@mail.example ${value}`
      const said =
        type === 'jsonb'
          ? sql`${JSON.stringify({ [places[`${table}.${column}`] ?? 'said']: names })}::jsonb`
          : sql`${names}`
      const { rows: done } = await ctx.db
        .transaction()
        .execute(async (db) => {
          await sql`set local session_replication_role = replica`.execute(db)
          return sql`
            update ${sql.table(table)} set ${sql.ref(column)} = ${said}
             where ctid = (select ctid from ${sql.table(table)} where ${rows(person)} order by ctid desc limit 1) returning 1 as one`.execute(
            db,
          )
        })
        .catch((error: Error) => {
          throw new Error(`${table}.${column}: ${error.message}`)
        })
      if (done.length > 0) planted.push({ table, column, value })
    }
  }
  await projectAll(ctx)
  for (const { table, by, holds, stays } of registry.columns) {
    if (stays === '1') continue
    const answer = await ctx.columns.query({
      query: `SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = {table:String} AND default_kind = ''`,
      query_params: { table },
      format: 'JSONEachRow',
    })
    const all = await answer.json<{ name: string; type: string }>()
    const texts = all.filter(
      ({ name, type }) => /String/.test(type) && !/Array/.test(type) && name !== 'kind' && name !== by,
    )
    const values: Record<string, unknown> = { [by]: holds === 'customer' ? customerId : profileIds[0] }
    for (const { name } of texts) {
      values[name] = `${mark}-columns-${table}-${name}`.toLowerCase()
      planted.push({ table: `columns.${table}`, column: name, value: String(values[name]) })
    }
    if (all.some(({ name }) => name === 'version')) values.version = '9000000000000000000'
    await ctx.columns.insert({ table, values: [values], format: 'JSONEachRow' })
  }
  return planted
}

/** Where a planted value, or the person's name, still stands. */
async function foundIn(ctx: TestContext, planted: readonly Planted[]): Promise<string[]> {
  const found: string[] = []
  const columns = await columnsOf(ctx)
  for (const table of new Set(columns.map((one) => one.table))) {
    const { rows } = await sql<{ row: string }>`
      select one::text as row from ${sql.table(table)} as one
       where position(lower(${mark}) in lower(one::text)) > 0 or one::text ~ '139-?1234-?0987|zq9back' limit 3`.execute(
      ctx.db,
    )
    for (const { row } of rows) found.push(`${table}: ${row.slice(0, 300)}`)
  }
  for (const table of await columnTables(ctx)) {
    const answer = await ctx.columns.query({
      query: `SELECT formatRowNoNewline('JSONEachRow', *) AS row FROM ${table} WHERE positionCaseInsensitive(row, {mark:String}) > 0 LIMIT 3`,
      query_params: { mark },
      format: 'JSONEachRow',
    })
    for (const { row } of await answer.json<{ row: string }>()) found.push(`columns ${table}: ${row.slice(0, 300)}`)
  }
  expect(planted.length).toBeGreaterThan(0)
  return found
}

/** The parts of a zip, by name. */
async function unzipped(source: AsyncIterable<Buffer>): Promise<Map<string, string>> {
  const pieces: Buffer[] = []
  for await (const piece of source) pieces.push(piece)
  const zip = Buffer.concat(pieces)
  const end = zip.lastIndexOf(Buffer.from('504b0506', 'hex'))
  const parts = new Map<string, string>()
  let at = zip.readUInt32LE(end + 16)
  for (let count = zip.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [packed, nameLength] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)]
    const name = zip.subarray(at + 46, at + 46 + nameLength).toString()
    const start = zip.readUInt32LE(at + 42)
    const from = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28)
    parts.set(name, inflateRawSync(zip.subarray(from, from + packed)).toString())
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return parts
}
