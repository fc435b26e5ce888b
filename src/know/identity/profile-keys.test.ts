import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { sourceOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { useHouse } from '#platform/testing/index.ts'
import { bring } from './testing/told.ts'

const house = useHouse()
const missing = { code: '23503' }

async function profileOf(ctx: Context, customerId: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select profile_id as id from profile_customers where customer_id = ${customerId}`.execute(ctx.db)
  return rows[0]!.id
}

function tie(ctx: Context, profileId: number) {
  return sql`insert into identifiers (profile_id, kind, value, actor) values (${profileId}, 'card', 'C1', 'test')`.execute(
    ctx.db,
  )
}

function map(ctx: Context, profileId: number, customerId: number) {
  return sql`insert into profile_customers (profile_id, customer_id) values (${profileId}, ${customerId})`.execute(
    ctx.db,
  )
}

async function newProfile(ctx: Context, sourceId: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into profiles (source_id, external_id) values (${sourceId}, 'p' || ${sourceId}) returning id`.execute(ctx.db)
  return rows[0]!.id
}

test('nothing is written of a profile, a customer or a source that is not there, nor does one go that is named', async () => {
  const ctx = await house()
  const [ana] = await bring(ctx, { id: 'a', phone: '+8613800000001' })
  const profileId = await profileOf(ctx, ana!)
  const { id: sourceId } = await sourceOf(ctx, 'till', { name: 'Till', kind: 'shop' })

  await expect(tie(ctx, profileId + 9)).rejects.toMatchObject(missing)
  await expect(map(ctx, profileId + 9, ana!)).rejects.toMatchObject(missing)
  await expect(newProfile(ctx, sourceId + 9)).rejects.toMatchObject(missing)
  await expect(sql`update profiles set source_id = ${sourceId + 9}`.execute(ctx.db)).rejects.toMatchObject(missing)
  const other = await newProfile(ctx, sourceId)
  await expect(map(ctx, other, ana! + 9)).rejects.toMatchObject(missing)
  await expect(sql`delete from sources where id = ${sourceId}`.execute(ctx.db)).rejects.toMatchObject(missing)

  await inTransaction(ctx, async (ctx) => {
    await sql`delete from profiles where id = ${other}`.execute(ctx.db)
    await sql`delete from sources where id = ${sourceId}`.execute(ctx.db)
  })
})

test('whoever removes a profile waits for what is being written of it, and takes it along', async () => {
  const ctx = await house()
  const [ana] = await bring(ctx, { id: 'a', phone: '+8613800000001' })
  const profileId = await profileOf(ctx, ana!)
  let gone = false
  let going: Promise<unknown> | undefined

  await inTransaction(ctx, async (inside) => {
    await tie(inside, profileId)
    going = sql`delete from profiles where id = ${profileId}`.execute(ctx.db).then(() => {
      gone = true
    })
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(gone).toBe(false)
  })
  await going

  const { rows } = await sql`select from identifiers where profile_id = ${profileId}`.execute(ctx.db)
  expect(rows).toHaveLength(0)
})
