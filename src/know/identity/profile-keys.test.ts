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

/** So many profiles side by side, the first of them there before, the others of the caller's transaction. */
async function manyProfiles(
  ctx: Context,
  count: number,
): Promise<{ before: number; own: (ctx: Context) => Promise<number[]> }> {
  const { id: sourceId } = await sourceOf(ctx, 'till', { name: 'Till', kind: 'shop' })
  const before = await newProfile(ctx, sourceId)
  const own = async (inside: Context) => {
    const { rows } = await sql<{ id: number }>`
      insert into profiles (source_id, external_id) select ${sourceId}, 'many' || n from generate_series(2, ${count}) n
      returning id`.execute(inside.db)
    return rows.map(({ id }) => id)
  }
  return { before, own }
}

function tieAll(ctx: Context, ids: readonly number[]) {
  return sql`
    insert into identifiers (profile_id, kind, value, actor)
    select id, 'card', 'M' || id, 'test' from unnest(${ids}::bigint[]) as id`.execute(ctx.db)
}

function mapAll(ctx: Context, ids: readonly number[], customerId: number) {
  return sql`
    insert into profile_customers (profile_id, customer_id)
    select id, ${customerId} from unnest(${ids}::bigint[]) as id`.execute(ctx.db)
}

test('many profiles of one batch are no excuse for one among them that is not there', async () => {
  const ctx = await house()
  const [ana] = await bring(ctx, { id: 'a', phone: '+8613800000001' })
  const writing = (write: (inside: Context, ids: number[]) => Promise<unknown>) =>
    inTransaction(ctx, async (inside) => {
      const ids = await (await manyProfiles(inside, 150)).own(inside)
      await write(inside, [...ids, ids.at(-1)! + 1])
    })

  await expect(writing((inside, ids) => tieAll(inside, ids))).rejects.toMatchObject(missing)
  await expect(writing((inside, ids) => mapAll(inside, ids, ana!))).rejects.toMatchObject(missing)
})

test('whoever removes a profile waits, though it lies among many that the batch made itself', async () => {
  const ctx = await house()
  const [ana] = await bring(ctx, { id: 'a', phone: '+8613800000001' })
  const writes = [tieAll, (inside: Context, ids: readonly number[]) => mapAll(inside, ids, ana!)]
  for (const write of writes) {
    const { before, own } = await manyProfiles(ctx, 150)
    let gone = false
    let going: Promise<unknown> | undefined

    await inTransaction(ctx, async (inside) => {
      await write(inside, [before, ...(await own(inside))])
      going = sql`delete from profiles where id = ${before}`.execute(ctx.db).then(() => {
        gone = true
      })
      await new Promise((resolve) => setTimeout(resolve, 200))
      expect(gone).toBe(false)
    })
    await going

    const { rows } = await sql`
      select profile_id from identifiers where profile_id = ${before} union all
      select profile_id from profile_customers where profile_id = ${before}`.execute(ctx.db)
    expect(rows).toHaveLength(0)
    await sql`delete from profiles where source_id = (select id from sources where code = 'till')`.execute(ctx.db)
  }
})

test('many customers at once: one that is not there stops all, and whoever removes one waits', async () => {
  const ctx = await house()
  const [ana] = await bring(ctx, { id: 'a', phone: '+8613800000001' })
  const made = async (inside: Context): Promise<[number[], number[]]> => {
    const profiles = await (await manyProfiles(inside, 150)).own(inside)
    const { rows } = await sql<{ id: number }>`
      insert into customers (name) select 'N' || n from generate_series(1, ${profiles.length}) n returning id`.execute(
      inside.db,
    )
    return [profiles, rows.map(({ id }) => id)]
  }
  const mapEach = (inside: Context, profiles: readonly number[], customers: readonly number[]) =>
    sql`
    insert into profile_customers (profile_id, customer_id)
    select * from unnest(${profiles}::bigint[], ${customers}::bigint[])`.execute(inside.db)

  const writing = inTransaction(ctx, async (inside) => {
    const [profiles, customers] = await made(inside)
    await mapEach(inside, profiles, [...customers.slice(1), customers.at(-1)! + 1])
  })
  await expect(writing).rejects.toMatchObject(missing)

  let gone = false
  let going: Promise<unknown> | undefined
  await inTransaction(ctx, async (inside) => {
    const [profiles, customers] = await made(inside)
    await mapEach(inside, profiles, [ana!, ...customers.slice(1)])
    going = sql`delete from customers where id = ${ana}`.execute(ctx.db).then(() => {
      gone = true
    })
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(gone).toBe(false)
  })
  await going

  const { rows } = await sql`select from profile_customers where customer_id = ${ana}`.execute(ctx.db)
  expect(rows).toHaveLength(0)
})
