import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { MadeWriteKey, NewWriteKey } from './contract.ts'
import { writeKeyMade } from './facts.ts'
import { hashOf, newWriteKey, writeKeyOf } from './write-key.ts'

/**
 * Makes a write key, for a source that there is or for a new one of a shop. A server's key stands in the answer and nowhere else.
 * @throws Refusal `ingest.unknown_source`, `ingest.unknown_shop`
 */
export function makeWriteKey(
  ctx: Context,
  { name, sourceId, shopId, place, orders }: NewWriteKey,
): Promise<MadeWriteKey> {
  return inTransaction(ctx, async (ctx) => {
    const source = sourceId ? await knownSource(ctx, sourceId) : await newSource(ctx, name, shopId)
    const key = newWriteKey()
    const { rows } = await sql<{ id: number }>`
      insert into write_keys (source_id, name, token_hash, hint, shown, place, orders, made_by, made_at)
      values (${source}, ${name}, ${hashOf(key)}, ${key.slice(-4)}, ${place === 'browser' ? key : null}, ${place}, ${orders},
              ${ctx.actor.label}, ${ctx.clock.machine()})
      returning id`.execute(ctx.db)
    const { id } = rows[0]!
    await announce(ctx, writeKeyMade, { subjectId: id, data: { source, place, orders } })
    return { ...(await writeKeyOf(ctx, id)), key }
  })
}

async function knownSource(ctx: Context, id: number): Promise<number> {
  const { rows } = await sql`select from sources where id = ${id} and kind in ('web', 'shop')`.execute(ctx.db)
  if (rows.length === 0) throw new Refusal('invalid', 'ingest.unknown_source')
  return id
}

async function newSource(ctx: Context, name: string, shopId: number | undefined): Promise<number> {
  if (!shopId) throw new Refusal('invalid', 'ingest.unknown_shop')
  const { rows } = await sql<{ id: number }>`
    insert into sources (code, name, kind, shop_id)
    select ${`web-${randomUUID().slice(0, 8)}`}, ${name}, 'web', id from shops where id = ${shopId} and archived_at is null
    returning id`.execute(ctx.db)
  if (!rows[0]) throw new Refusal('invalid', 'ingest.unknown_shop')
  return rows[0].id
}
