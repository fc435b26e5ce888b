import { createHash, randomInt } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { WriteKey } from './contract.ts'

// A write key only lets in: `reg_write_` and 32 random letters (190 bits). A server's is a secret and shown once; a browser's stands
// in every page of the shop, so it is kept as it is and can be shown again.

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const form = /^reg_write_[0-9A-Za-z]{32}$/

export function newWriteKey(): string {
  return `reg_write_${Array.from({ length: 32 }, () => letters[randomInt(62)]).join('')}`
}

export function isWriteKey(text: string): boolean {
  return form.test(text)
}

/** What is kept of a key. */
export function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}

type Row = Omit<WriteKey, 'madeAt' | 'lastUsedAt' | 'endedAt'> & {
  madeAt: Date
  lastUsedAt: Date | null
  endedAt: Date | null
}

/** The write keys, those that work first, the newest first; all, or one. At most 1,000. */
export async function writeKeyList(ctx: Context, id?: number): Promise<WriteKey[]> {
  const { rows } = await sql<Row>`
    select key.id, key.name, key.hint, key.shown, key.place, key.orders, key.made_by, key.made_at, key.last_used_at, key.ended_at,
           json_build_object('id', source.id, 'name', source.name, 'shopId', source.shop_id, 'shop', shop.name) as source
      from write_keys key join sources source on source.id = key.source_id left join shops shop on shop.id = source.shop_id
     ${id === undefined ? sql`` : sql`where key.id = ${id}`}
     order by key.ended_at is not null, key.id desc limit 1000`.execute(ctx.db)
  return rows.map(({ madeAt, lastUsedAt, endedAt, ...row }) => ({
    ...row,
    shown: endedAt ? null : row.shown,
    madeAt: madeAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  }))
}

/** @throws Refusal `ingest.unknown_key` */
export async function writeKeyOf(ctx: Context, id: number): Promise<WriteKey> {
  const [found] = await writeKeyList(ctx, id)
  if (!found) throw new Refusal('not_found', 'ingest.unknown_key')
  return found
}
