import { isOwnKey, type OwnField } from '#know/fields/contract.ts'
import { ownFieldsOf } from '#know/fields/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import { staffNames } from '#know/staff/index.ts'
import { append } from '#platform/audit/index.ts'
import type { Actor, Context } from '#platform/context.ts'
import { dayIn } from '#platform/days.ts'
import { announce } from '#platform/facts/index.ts'
import { writeCsv } from '#platform/files/index.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import { fromMinor } from '#platform/money.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { birthdayText } from './birthday-text.ts'
import {
  type AnyColumn,
  anyColumn,
  type Birthday,
  type CustomerColumn,
  type CustomerRow,
  type MaskedBirthday,
} from './contract.ts'
import { customersByIds } from './customers-by-ids.ts'
import { customersExported } from './facts.ts'
import { listNewest } from './list-newest.ts'
import { sensitiveOf } from './own-values.ts'
import { kindOf, levelOf } from './sight.ts'

/** Columns that a higher module tells of customers. */
export type MoreCells = {
  heading: (column: string) => string
  /** Of at most some 1,000 customers, by id; numbers without a unit or a thousands' mark. */
  cells: (ids: readonly number[]) => Promise<ReadonlyMap<number, Readonly<Record<string, string>>>>
  /** Columns that hold numbers. */
  numeric: readonly string[]
}

/**
 * Customers as CSV (RFC 4180, UTF-8 with a mark, formulas made harmless), streamed: one batch of rows in memory. The fact
 * `customers.exported` is written when the last row has left, the audit log's entry also when it breaks off. Rows are read batch by batch, not of one instant: a customer who
 * changes meanwhile is exported as before or as after.
 * @param idBatches ids in the order to write, at most some 1,000 a batch; those that are not the actor's are left out
 */
export async function* exportCustomers(
  ctx: Context,
  idBatches: AsyncIterable<readonly number[]>,
  columns: readonly string[],
  locale: Locale,
  more?: MoreCells,
): AsyncGenerator<Uint8Array> {
  const own = columns.filter(isOwn)
  const { zone, currency } = await merchantOf(ctx)
  const fields = new Map((await ownFieldsOf(ctx)).map((field) => [field.key as string, field]))
  const sensitive = sensitiveOf([...fields.values()])
  const owners = own.includes('owner') ? new Map((await staffNames(ctx)).map((one) => [one.id, one.name])) : undefined
  let count = 0
  async function* rows(): AsyncGenerator<string[]> {
    for await (const ids of idBatches) {
      const rows = await customersByIds(ctx, ids, { columns: own })
      const told = await more?.cells(rows.map(({ id }) => id))
      for (const row of rows) {
        count += 1
        yield columns.map((column) =>
          isOwn(column)
            ? isOwnKey(column)
              ? ownText(locale, currency, fields.get(column), row.more?.[column])
              : cell(row, column, locale, zone, owners)
            : (told?.get(row.id)?.[column] ?? ''),
        )
      }
    }
  }
  let whole = false
  try {
    yield* writeCsv(rows(), {
      columns: columns.map((column) =>
        isOwn(column)
          ? headingOf(ctx, column, locale, sensitive, fields.get(column)?.name)
          : (more?.heading(column) ?? column),
      ),
      numeric: columns.flatMap((column, at) => {
        const kind = fields.get(column)?.kind
        return more?.numeric.includes(column) || kind === 'number' || kind === 'money' ? [at] : []
      }),
    })
    whole = true
  } finally {
    // Also where the reader hung up: what has left the house is told.
    await inTransaction(ctx, async (ctx) => {
      const told = { action: 'customers.exported', object: 'customers', rows: count, data: { columns: [...columns] } }
      await append(ctx, { ...told, outcome: whole ? 'done' : 'broken' })
      if (whole) await announce(ctx, customersExported, { data: { count, columns: [...columns] } })
    })
  }
}

/** Ids of all the actor's customers, newest first. */
export async function* newestIds(ctx: Context): AsyncGenerator<number[]> {
  let after: string | undefined
  do {
    const page = await listNewest(ctx, { limit: 1000, after })
    yield page.items.map((row) => row.id)
    after = page.next
  } while (after)
}

/** A column that is not told whole says so. */
function headingOf(
  { actor }: Context,
  column: AnyColumn,
  locale: Locale,
  sensitive: ReadonlySet<string>,
  ownName?: string,
): string {
  const heading = ownName ?? say(locale, `customers.field.${column}`)
  return isMasked(actor, column, sensitive) ? say(locale, 'customers.masked_column', { column: heading }) : heading
}

/** Whether an actor is not told a column whole. */
export function isMasked(actor: Actor, column: string, sensitive: ReadonlySet<string>): boolean {
  const kind = kindOf(column, sensitive)
  return kind !== undefined && levelOf(actor, kind) !== 'full'
}

/** A column that customers have themselves, not a list of a higher module. */
function isOwn(column: string): column is AnyColumn {
  return anyColumn.safeParse(column).success
}

/** A value of an own field as a cell; money and numbers without a mark, so that a spreadsheet can count with them. */
function ownText(locale: Locale, currency: string, field: OwnField | undefined, value: unknown): string {
  if (!field || value === null || value === undefined) return ''
  const nameOf = (id: unknown) => field.choices.find((one) => one.id === id)?.name ?? ''
  if (field.kind === 'choices' && Array.isArray(value)) return value.map(nameOf).join(', ')
  if (field.kind === 'choice' && typeof value === 'number') return nameOf(value)
  if (field.kind === 'money' && typeof value === 'number') return fromMinor(value, currency)
  if (typeof value === 'boolean') return say(locale, value ? 'fields.yes' : 'fields.no')
  return String(value)
}

function cell(
  row: CustomerRow,
  column: CustomerColumn,
  locale: Locale,
  zone: string,
  owners?: ReadonlyMap<number, string>,
): string {
  if (column === 'owner') return (row.ownerId !== null && owners?.get(row.ownerId)) || ''
  const value = column in row ? row[column as keyof CustomerRow] : row.more?.[column as keyof CustomerRow['more']]
  if (value === null || value === undefined) return ''
  if (column === 'birthday')
    return birthdayText((key, params) => say(locale, key, params), value as Birthday | MaskedBirthday)
  if (column === 'createdAt') return dayIn(zone, new Date(row.createdAt))
  if (column === 'gender') return say(locale, `customers.gender.${value as string}`)
  return String(value)
}
