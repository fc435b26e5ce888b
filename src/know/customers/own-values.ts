import { sql } from 'kysely'
import { isOwnKey, type OwnField } from '#know/fields/contract.ts'
import { ownFieldsOf, ownShape } from '#know/fields/index.ts'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'

/**
 * Looks at what is said of own fields by their definitions, which stay as they are until the transaction ends.
 * @throws Refusal `customers.no_field`, `customers.own_value` with the field's id
 */
export async function checkedOwn<T extends object>(ctx: Context, values: T): Promise<T> {
  const own = Object.entries(values).filter(([key]) => isOwnKey(key))
  if (own.length === 0) return values
  const ids = own.map(([key]) => Number(key.slice('own.'.length)))
  await sql`select from own_fields where id = any(${ids}::int[]) for share`.execute(ctx.db)
  const fields = new Map((await ownFieldsOf(ctx)).map((field) => [field.key as string, field]))
  const checked: Record<string, unknown> = {}
  for (const [key, value] of own) {
    const field = fields.get(key)
    if (!field) throw new Refusal('not_found', 'customers.no_field')
    if (value === null || value === undefined) {
      checked[key] = value
      continue
    }
    const parsed = ownShape(field).safeParse(value)
    if (!parsed.success) throw new Refusal('invalid', 'customers.own_value', { field: field.id })
    checked[key] = parsed.data
  }
  return { ...values, ...checked }
}

/** The keys of own fields that are sensitive; nothing is read where none is asked for. */
export async function sensitiveOwn(ctx: Context, keys: readonly string[]): Promise<ReadonlySet<string>> {
  if (!keys.some(isOwnKey)) return new Set()
  return sensitiveOf(await ownFieldsOf(ctx))
}

export function sensitiveOf(fields: readonly OwnField[]): ReadonlySet<string> {
  return new Set(fields.filter(({ sensitive }) => sensitive).map(({ key }) => key))
}
