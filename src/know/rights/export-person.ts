import { sql } from 'kysely'
import { merchantOf } from '#know/shops/index.ts'
import { append } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { writeCsv, writeZip, type ZipPart } from '#platform/files/index.ts'
import type { Person, PersonTable } from '#platform/person/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { tellColumns } from './columns-of-person.ts'
import { personExported } from './facts.ts'
import { personOf } from './person-of.ts'
import type { Registry } from './registry.ts'

type Row = Record<string, unknown>
type Counts = Record<string, number>

/** Rows of one read. */
const page = 2_000

/**
 * All that the house holds of a person, as a zip: each table as JSON and as CSV, with every column as it stands, from both engines; and
 * `about.json`, which says what is in it and what is not, and why. Read table by table: what changes meanwhile is told as before or as
 * after. The entry in the audit log is written also where the reader hung up.
 * @param options.requestId the request that it answers; done when the last byte has left
 * @throws Refusal `customers.unknown`
 */
export async function exportPerson(
  ctx: Context,
  registry: Registry,
  {
    customerId,
    requestId,
    done,
  }: { customerId: number; requestId?: number; done?: (ctx: Context, counts: Counts) => Promise<void> },
): Promise<AsyncGenerator<Buffer>> {
  const person = await personOf(ctx, customerId)
  return written(ctx, registry, person, { requestId, done })
}

async function* written(
  ctx: Context,
  registry: Registry,
  person: Person,
  { requestId, done }: { requestId?: number; done?: (ctx: Context, counts: Counts) => Promise<void> },
): AsyncGenerator<Buffer> {
  const counts: Counts = {}
  let whole = false
  try {
    yield* writeZip(partsOf(ctx, registry, person, counts))
    whole = true
  } finally {
    const rows = Object.values(counts).reduce((sum, count) => sum + count, 0)
    await inTransaction(ctx, async (ctx) => {
      const objectId = String(person.customerIds[0])
      const entry = { action: 'rights.exported', object: 'customers', objectId, rows, data: { requestId, counts } }
      await append(ctx, { ...entry, outcome: whole ? 'done' : 'broken' })
      if (!whole) return
      await announce(ctx, personExported, { subjectId: requestId, data: { rows } })
      await done?.(ctx, counts)
    })
  }
}

function* partsOf(ctx: Context, registry: Registry, person: Person, counts: Counts): Generator<ZipPart> {
  for (const table of registry.tables) {
    if (table.untold) continue
    // Read once for both: between two reads it could change.
    let rows: Promise<Row[]> | undefined
    const read = async () => {
      rows ??= rowsOf(ctx, table, person)
      counts[table.table] = (await rows).length
      return rows
    }
    yield { name: `json/${table.table}.json`, content: jsonOf(read) }
    yield { name: `csv/${table.table}.csv`, content: csvOf(read) }
    rows = undefined
  }
  for (const { module, tells } of registry.modules) {
    if (!tells) continue
    let told: Promise<{ name: string; rows: readonly Row[] }> | undefined
    const read = async () => {
      told ??= tells(ctx, person)
      const { name, rows } = await told
      counts[name] = rows.length
      return [...rows]
    }
    yield { name: `json/more_of_${module}.json`, content: jsonOf(read) }
    yield { name: `csv/more_of_${module}.csv`, content: csvOf(read) }
  }
  for (const table of registry.columns) {
    if (table.untold) continue
    const count = (rows: number) => {
      counts[`columns.${table.table}`] = rows
    }
    yield { name: `columns/${table.table}.jsonl`, content: linesOf(tellColumns(ctx, table, person), count) }
  }
  yield { name: 'about.json', content: about(ctx, registry, person, counts) }
}

async function rowsOf(ctx: Context, { table, rows: condition }: PersonTable, person: Person): Promise<Row[]> {
  const rows: Row[] = []
  let after: { part: string; place: string } | undefined
  const own = { part: sql.ref(`${table}.tableoid`), place: sql.ref(`${table}.ctid`) }
  for (;;) {
    // As text: the columns keep their names and order, and numbers beyond 2^53 their digits.
    const { rows: some } = await sql<{ row: string; part: string; place: string }>`
      select to_json(one)::text as row, one.tableoid::text as part, one.ctid::text as place
        from ${sql.table(table)} as one
       where (one.tableoid, one.ctid) in (
         select ${own.part}, ${own.place} from ${sql.table(table)}
          where ${condition(person)}
            ${after ? sql`and (${own.part}, ${own.place}) > (${after.part}::oid, ${after.place}::tid)` : sql``}
          order by 1, 2 limit ${page})
       order by one.tableoid, one.ctid`.execute(ctx.db)
    for (const { row } of some) rows.push(JSON.parse(row) as Row)
    const last = some.at(-1)
    if (!last || some.length < page) return rows
    after = { part: last.part, place: last.place }
  }
}

async function* jsonOf(read: () => Promise<readonly Row[]>): AsyncGenerator<Buffer> {
  yield Buffer.from('[')
  let first = true
  for (const row of await read()) {
    yield Buffer.from(`${first ? '\n' : ',\n'}${JSON.stringify(row)}`)
    first = false
  }
  yield Buffer.from('\n]\n')
}

async function* csvOf(read: () => Promise<readonly Row[]>): AsyncGenerator<Buffer> {
  const rows = await read()
  const columns = Object.keys(rows[0] ?? {})
  if (columns.length === 0) return
  yield* writeCsv(
    rows.map((row) => columns.map((column) => cellOf(row[column]))),
    { columns },
  )
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

async function* linesOf(rows: AsyncIterable<Row>, count: (rows: number) => void): AsyncGenerator<Buffer> {
  let told = 0
  count(0)
  for await (const row of rows) {
    told += 1
    yield Buffer.from(`${JSON.stringify(row)}\n`)
  }
  count(told)
}

async function* about(ctx: Context, registry: Registry, person: Person, counts: Counts): AsyncGenerator<Buffer> {
  const { name, zone, currency } = await merchantOf(ctx)
  const leftOut = [
    ...registry.tables.map(({ table, untold }) => [table, untold]),
    ...registry.columns.map(({ table, untold }) => [`columns.${table}`, untold]),
  ].filter(([, why]) => why)
  yield Buffer.from(
    `${JSON.stringify(
      {
        of: { customers: person.customerIds, profiles: person.profileIds },
        from: { name, zone, currency, amounts: 'minor units', instants: 'UTC' },
        made: ctx.clock.now().toISOString(),
        folders: {
          json: 'the records, each table with every column',
          csv: 'the same for a spreadsheet',
          columns: 'behaviour, and the copies by which questions over everybody are answered',
        },
        rows: counts,
        leftOut: Object.fromEntries(leftOut),
      },
      null,
      2,
    )}\n`,
  )
}
