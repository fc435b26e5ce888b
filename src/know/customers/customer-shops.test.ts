import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { type TestContext, useHouse } from '#platform/testing/index.ts'
import { aCustomer, alsoSaid, anOrderOf } from './testing/a-customer.ts'

const house = useHouse()

/** What the table says, and what the records say when all of them are read. */
async function pairs({ db }: Pick<Context, 'db'>) {
  const kept = await sql<{ pair: string }>`
    select customer_id || ' ' || shop_id as pair from customer_shops order by 1`.execute(db)
  const told = await sql<{ pair: string }>`
    select map.customer_id || ' ' || o.shop_id as pair
      from profile_customers map join orders o on o.profile_id = map.profile_id
    union
    select map.customer_id || ' ' || s.shop_id
      from profile_customers map join profiles p on p.id = map.profile_id join sources s on s.id = p.source_id
     where s.shop_id is not null order by 1`.execute(db)
  return { kept: kept.rows.map((row) => row.pair), told: told.rows.map((row) => row.pair) }
}

async function shopsAndPeople(): Promise<{ ctx: TestContext; people: number[]; profiles: number[] }> {
  const ctx = await house()
  await ctx.db
    .insertInto('shops')
    .values(['b', 'c'].map((code) => ({ code, name: code })))
    .execute()
  const people: number[] = []
  const profiles: number[] = []
  for (const name of ['Ann', 'Bo', 'Cy', 'Di']) {
    const { id, values } = await aCustomer(ctx, { name })
    people.push(id)
    profiles.push(values[0]!.profileId, await alsoSaid(ctx, id, { source: `till ${name}`, origin: 'import' }))
  }
  return { ctx, people, profiles }
}

test('a shop knows who ordered there and whom its own source told of; not any more when neither holds', async () => {
  const { ctx, people, profiles } = await shopsAndPeople()
  const [ann] = people
  await anOrderOf(ctx, profiles[1]!, 2, 'A1')
  await anOrderOf(ctx, profiles[1]!, 2, 'A2')
  await alsoSaid(ctx, ann!, { source: 'web of shop 3', origin: 'import', shopId: 3 })
  expect((await pairs(ctx)).kept).toEqual([`${ann} 2`, `${ann} 3`])

  await sql`delete from orders where number = 'A1'`.execute(ctx.db)
  expect((await pairs(ctx)).kept).toEqual([`${ann} 2`, `${ann} 3`])
  await sql`update orders set shop_id = 1`.execute(ctx.db)
  expect((await pairs(ctx)).kept).toEqual([`${ann} 1`, `${ann} 3`])
  await sql`update profile_customers set customer_id = ${people[1]} where profile_id = ${profiles[1]}`.execute(ctx.db)
  expect((await pairs(ctx)).kept).toEqual([`${ann} 3`, `${people[1]} 1`])
  await sql`delete from orders`.execute(ctx.db)
  expect((await pairs(ctx)).kept).toEqual([`${ann} 3`])
  await sql`delete from profiles where source_id = (select id from sources where shop_id = 3)`.execute(ctx.db)
  expect((await pairs(ctx)).kept).toEqual([])
})

test('it follows whatever many at once write, claim, move and delete', async () => {
  const { ctx, people, profiles } = await shopsAndPeople()
  // A small generator of our own: the same run every time.
  let state = 7
  const pick = (below: number) => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state % below
  }
  let number = 0
  const act = async () => {
    const profile = profiles[pick(profiles.length)]!
    const kind = pick(6)
    number += 1
    if (kind < 3) await anOrderOf(ctx, profile, 1 + pick(3), `N${number}`)
    else if (kind === 3) await sql`delete from orders where profile_id = ${profile}`.execute(ctx.db)
    else if (kind === 4) {
      await sql`update profile_customers set customer_id = ${people[pick(people.length)]} where profile_id = ${profile}`.execute(
        ctx.db,
      )
    } else {
      // Taken from its customer, then claimed by another.
      await sql`delete from profile_customers where profile_id = ${profile}`.execute(ctx.db)
      await sql`insert into profile_customers (profile_id, customer_id) values (${profile}, ${people[pick(people.length)]})
                on conflict do nothing`.execute(ctx.db)
    }
  }
  const patiently = async () => {
    // Two who move the same rows in opposite order: Postgres ends one of them, and it tries again, as imports do.
    for (;;) {
      try {
        return await act()
      } catch (error) {
        if ((error as { code?: string }).code !== '40P01') throw error
      }
    }
  }

  for (let round = 0; round < 25; round += 1) {
    await Promise.all(Array.from({ length: 8 }, patiently))
    const { kept, told } = await pairs(ctx)
    expect(kept, `round ${round}`).toEqual(told)
  }
})

test('an order and the claim of its buyer at the same moment: the shop knows the customer, whoever commits first', async () => {
  const { ctx, people, profiles } = await shopsAndPeople()
  const profile = profiles[0]!
  await sql`delete from profile_customers where profile_id = ${profile}`.execute(ctx.db)

  let sold = () => {}
  const order = ctx.db.transaction().execute(async (db) => {
    await anOrderOf({ ...ctx, db }, profile, 2, 'A1')
    await new Promise<void>((resolve) => {
      sold = resolve
    })
  })
  while (
    !(
      await sql`select from pg_stat_activity where state = 'idle in transaction' and datname = current_database()`.execute(
        ctx.db,
      )
    ).rows.length
  );
  const claim = sql`insert into profile_customers (profile_id, customer_id) values (${profile}, ${people[2]})`.execute(
    ctx.db,
  )
  setTimeout(() => sold(), 200)
  await Promise.all([order, claim])

  expect((await pairs(ctx)).kept).toEqual([`${people[2]} 2`])
})

test('the last order of a shop goes while a new one comes: the shop still knows the customer', async () => {
  const { ctx, people, profiles } = await shopsAndPeople()
  await anOrderOf(ctx, profiles[0]!, 2, 'A1')

  let sold = () => {}
  let written = () => {}
  const there = new Promise<void>((resolve) => {
    written = resolve
  })
  const order = ctx.db.transaction().execute(async (db) => {
    await anOrderOf({ ...ctx, db }, profiles[0]!, 2, 'A2')
    written()
    await new Promise<void>((resolve) => {
      sold = resolve
    })
  })
  await there
  const removal = sql`delete from orders where number = 'A1'`.execute(ctx.db)
  setTimeout(() => sold(), 200)
  await Promise.all([order, removal])

  expect((await pairs(ctx)).kept).toEqual([`${people[0]} 2`])
})
