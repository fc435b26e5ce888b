import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import { type OwnField, ownKeyOf } from './contract.ts'

/** The fields of the shop's own, in their order. */
export async function ownFieldsOf(ctx: Context): Promise<OwnField[]> {
  const { rows } = await sql<Omit<OwnField, 'key'>>`
    select id, name, kind, choices, sensitive, version from own_fields order by place, id`.execute(ctx.db)
  return rows.map((row) => ({ ...row, key: ownKeyOf(row.id) }))
}

/** @throws Refusal `fields.unknown` */
export async function ownFieldOf(ctx: Context, id: number): Promise<OwnField> {
  const field = (await ownFieldsOf(ctx)).find((one) => one.id === id)
  if (!field) throw new Refusal('not_found', 'fields.unknown')
  return field
}
