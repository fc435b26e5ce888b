import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { addCustomer, editCustomer, getCustomer } from '#know/customers/index.ts'
import { aCustomer, anOrderOf } from '#know/customers/testing/a-customer.ts'
import { sourceOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { useHouse } from '#platform/testing/index.ts'
import { claim, unclaim } from './claim.ts'
import { keepApart, mergeCustomers, undoMerge } from './index.ts'
import { listMerges } from './list-merges.ts'
import { markOf, saveMark } from './mark.ts'
import { previewMerge } from './preview-merge.ts'
import { split } from './split.ts'
import { bring } from './testing/told.ts'

const house = useHouse()

/** Everything that customers own, as the records have it; what a change of the map leaves behind is none of it. */
async function owned(ctx: Context): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select c.id, c.merged_into, c.owner_id, c.owner_from, c.mark, c.name, c.pinyin, c.tokens, c.gender, c.city, c.phone, c.email, c.number,
           array(select map.profile_id || ' at ' || coalesce(map.home_id, map.customer_id) from profile_customers map
                  where map.customer_id = c.id order by 1) as profiles,
           array(select o.number from orders o join profile_customers map using (profile_id) where map.customer_id = c.id order by 1) as orders,
           array(select f.id from facts f join profile_customers map using (profile_id)
                  where map.customer_id = c.id and f.kind not in ('customers.merged', 'customers.merge_undone') order by 1) as facts,
           array(select shop_id from customer_shops s where s.customer_id = c.id order by 1) as shops
      from customers c order by c.id`.execute(ctx.db)
  return rows
}

async function crowd(ctx: Context, size: number): Promise<{ people: number[]; shops: number[] }> {
  await sql`insert into shops (code, name) values ('second', 'Second'), ('third', 'Third')`.execute(ctx.db)
  await sql`
    insert into staff (name, email, role, locale, password_hash, password_changed_at, joined_at)
    select 'S' || n, 's' || n || '@shop.example', 'assistant', 'en', '', now(), now() from generate_series(1, 2) as n`.execute(
    ctx.db,
  )
  const people: number[] = []
  for (let n = 0; n < size; n += 1) {
    const [id] = await bring(ctx, {
      id: `p${n}`,
      source: n % 2 ? 'till' : 'web',
      phone: `+86138000000${String(n).padStart(2, '0')}`,
      ...(n % 3 === 0 ? { email: `p${n}@mail.example` } : {}),
      values: { name: `Person ${n}`, ...(n % 2 ? { city: 'Hangzhou', gender: 'female' } : {}) },
    })
    people.push(id!)
    if (n % 3 === 1) await sql`update customers set owner_id = ${1 + (n % 2)} where id = ${id}`.execute(ctx.db)
  }
  return { people, shops: [1, 2, 3] }
}

let numbers = 0
/** Something that happens to whoever the id leads to, at a profile of its own: it follows the profile in and out of merges. */
async function happens(ctx: Context, kind: number, profileId: number, shopId: number): Promise<void> {
  numbers += 1
  if (kind === 0) await anOrderOf(ctx, profileId, shopId, `N${numbers}`)
  else {
    const { rows } = await sql<{ id: number; version: number }>`
      select c.id, c.version from profile_customers map join customers c on c.id = map.customer_id where map.profile_id = ${profileId}`.execute(
      ctx.db,
    )
    await editCustomer(ctx, rows[0]!.version, { id: rows[0]!.id, values: { notes: `note ${numbers}` } })
  }
}

test('merges taken back in any order leave everything as it was, whatever happened meanwhile', async () => {
  const ctx = await house()
  const { people, shops } = await crowd(ctx, 8)
  const person = fc.nat({ max: people.length - 1 })
  const action = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('merge' as const),
        into: person,
        from: fc.uniqueArray(person, { minLength: 1, maxLength: 3 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), which: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('buy' as const), who: person, shop: fc.nat({ max: 2 }) }) },
  )
  const { rows: profiles } = await sql<{ id: number }>`
    select min(profile_id) as id from profile_customers group by customer_id order by customer_id`.execute(ctx.db)

  await fc.assert(
    fc.asyncProperty(
      fc.array(action, { minLength: 2, maxLength: 10 }),
      fc.infiniteStream(fc.nat()),
      async (actions, order) => {
        const open: number[] = []
        // What happens to a profile happens with merges and without: the same is done to a twin world that never merged.
        const before = await owned(ctx)
        const bought: { profile: number; shop: number; number: string }[] = []
        for (const act of actions) {
          if (act.do === 'merge') {
            const done = await mergeCustomers(ctx, {
              into: people[act.into]!,
              from: act.from.map((one) => people[one]!),
              evidence: 'staff',
            }).catch((error: Error) => {
              if (!error.message.startsWith('identity.already_one')) throw error
            })
            if (done) open.push(done.mergeId)
          } else if (act.do === 'undo') {
            const [gone] = open.splice(act.which % Math.max(1, open.length), 1)
            if (gone) await undoMerge(ctx, gone)
          } else {
            await happens(ctx, 0, profiles[act.who]!.id, shops[act.shop]!)
            bought.push({ profile: act.who, shop: shops[act.shop]!, number: `N${numbers}` })
          }
          await expectWhole(ctx)
        }
        const picks = order[Symbol.iterator]()
        while (open.length > 0) {
          const [gone] = open.splice(picks.next().value! % open.length, 1)
          await undoMerge(ctx, gone!)
        }

        const after = await owned(ctx)
        const expected = before.map((row, index) => {
          const own = bought.filter((one) => one.profile === index)
          return {
            ...row,
            orders: [...(row.orders as string[]), ...own.map((one) => one.number)].sort(),
            shops: [...new Set([...(row.shops as number[]), ...own.map((one) => one.shop)])].sort(),
          }
        })
        expect(after).toEqual(expected)
      },
    ),
    { numRuns: 25 },
  )
})

/** Every profile stands at the survivor of its home, nobody is lost, and nothing leads to somebody who is merged. */
async function expectWhole(ctx: Context): Promise<void> {
  const { rows } = await sql`
    select map.profile_id from profile_customers map
      join customers home on home.id = coalesce(map.home_id, map.customer_id)
     where map.customer_id <> coalesce(home.merged_into, home.id)
    union all
    select c.id from customers c join customers s on s.id = c.merged_into where s.merged_into is not null
    union all
    select c.id from customers c where c.merged_into is null and not exists (select from profile_customers where customer_id = c.id)`.execute(
    ctx.db,
  )
  expect(rows).toEqual([])
}

test('many who merge and undo overlapping people at once end in one whole, whoever comes first', async () => {
  const ctx = await house()
  const { people } = await crowd(ctx, 6)
  const before = await owned(ctx)
  let seed = 7
  const pick = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return seed % below
  }
  const merges: number[] = []

  for (let round = 0; round < 6; round += 1) {
    await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const undone = index % 3 === 2 ? merges.splice(pick(Math.max(1, merges.length)), 1)[0] : undefined
        const done = await (undone
          ? undoMerge(ctx, undone).then(() => undefined)
          : index % 4 === 3
            ? bring(ctx, {
                id: `p${pick(6)}`,
                source: 'race',
                phone: `+861380000000${pick(6)}`,
                email: `p${pick(6)}@mail.example`,
              }).then(() => undefined)
            : mergeCustomers(ctx, { into: people[pick(6)]!, from: [people[pick(6)]!], evidence: 'staff' })
        ).catch((error: Error) => {
          if (!error.message.startsWith('identity.already_one')) throw error
        })
        if (done) merges.push(done.mergeId)
      }),
    )
    await expectWhole(ctx)
  }
  const { rows: open } = await sql<{ id: number }>`select id from identity_merges where undone_at is null`.execute(
    ctx.db,
  )
  await Promise.all(open.map(({ id }) => undoMerge(ctx, id)))
  await expectWhole(ctx)

  const after = await owned(ctx)
  expect(after.map((row) => [row.id, row.mergedInto, row.ownerId])).toEqual(
    expect.arrayContaining(before.map((row) => [row.id, null, row.ownerId])),
  )
})

test('two tills bring the same new phone at once: one customer', async () => {
  const ctx = await house()
  const all = await Promise.all(
    Array.from({ length: 8 }, (_, n) => bring(ctx, { id: 'x', source: `till${n}`, phone: '+8613800000042' })),
  )

  expect(new Set(all.flat()).size).toBe(1)
})

test('a merge shows beforehand what will be shown and whence, and what speaks against it; its history can be undone', async () => {
  const ctx = await house()
  const [ana] = await bring(ctx, {
    id: 'a',
    phone: '+8613800000001',
    unionid: 'wx 1',
    values: { name: 'Ana', city: 'Suzhou' },
  })
  const anna = await aCustomer(ctx, { name: 'Anna', emails: ['anna@mail.example'] })
  await bring(ctx, { id: 'a2', source: 'wechat', unionid: 'wx 2', email: 'anna@mail.example' })
  await keepApart(ctx, ana!, anna.id)

  const preview = await previewMerge(ctx, { id: ana!, from: [anna.id] }, [])
  expect(preview.fields).toMatchObject([
    {
      field: 'name',
      value: 'Anna',
      fromId: anna.id,
      others: [{ customerId: ana, value: 'Ana' }],
    },
    { field: 'city', value: 'Suzhou', fromId: ana, others: [] },
  ])
  expect(preview.identifiers).toHaveLength(4)
  expect(preview.objections).toEqual(['contradicted', 'apart'])

  const { mergeId } = await mergeCustomers(ctx, { into: ana!, from: [anna.id], evidence: 'staff', reason: 'same face' })
  expect((await getCustomer(ctx, anna.id)).name).toBe('Anna')
  const { items } = await listMerges(ctx, { id: ana!, limit: 10 })
  expect(items).toMatchObject([
    {
      id: mergeId,
      evidence: 'staff',
      reason: 'same face',
      into: { id: ana, called: 'Ana' },
      from: [{ id: anna.id, called: 'Anna' }],
      undoneAt: null,
    },
  ])
  await undoMerge(ctx, mergeId)

  expect((await listMerges(ctx, { id: anna.id, limit: 10 })).items[0]?.undoneAt).not.toBeNull()
  expect((await previewMerge(ctx, { id: ana!, from: [anna.id] }, [])).objections, 'said apart again').toContain('apart')
})

test('what was tied by mistake is split off, and never tied again; a family shares a phone', async () => {
  const ctx = await house()
  const phone = '+8613800000001'
  const [mother, daughter] = await bring(
    ctx,
    { id: 'm', phone, values: { name: 'Li' } },
    { id: 'd', source: 'app', phone },
  )
  expect(daughter).toBe(mother)
  const { rows } = await sql<{ id: number }>`select id from profiles where external_id = 'd'`.execute(ctx.db)

  const { customerId } = await split(ctx, { id: mother!, profileIds: [rows[0]!.id] })
  const again = await bring(ctx, { id: 'd', source: 'app', phone }, { id: 'm', phone })
  expect(again).toEqual([customerId, mother])
  await expect(split(ctx, { id: customerId, profileIds: [rows[0]!.id] })).rejects.toThrow('identity.nothing_left')

  // Staff say it of a new one: the phone is the family's from now on.
  const son = await addCustomer(ctx, { values: { name: 'Li Jun' }, phones: [phone], emails: [], anyway: true })
  const [stranger] = await bring(ctx, { id: 's', source: 'till', phone })
  expect(son.identifiers[0]).toMatchObject({ shared: true })
  expect([mother, customerId, son.id]).not.toContain(stranger)
})

test('an order of nobody is claimed with the receipt, and can be given back', async () => {
  const ctx = await house()
  const [ana] = await bring(ctx, { id: 'a', phone: '+8613800000001' })
  const { id: sourceId } = await sourceOf(ctx, 'till', { name: 'Till', kind: 'shop' })
  const { rows } = await sql<{ id: number }>`
    insert into profiles (source_id, external_id) values (${sourceId}, 'order:R7') returning id`.execute(ctx.db)
  await anOrderOf(ctx, rows[0]!.id, 1, 'R7')

  const { profileId } = await claim(ctx, { id: ana!, number: 'R7' })
  expect((await getCustomer(ctx, ana!)).profiles).toHaveLength(2)
  await expect(claim(ctx, { id: ana!, number: 'R7' })).rejects.toThrow('identity.claimed_already')
  await unclaim(ctx, { id: ana!, profileId })

  expect((await getCustomer(ctx, ana!)).profiles).toHaveLength(1)
  await expect(claim(ctx, { id: ana!, number: 'R8' })).rejects.toThrow('identity.no_receipt')
  expect(await claim(ctx, { id: ana!, number: 'R7', sourceId })).toEqual({ profileId })
})

test('staff and tests are marked by hand or by what is ours, and a mark follows its profile through a merge', async () => {
  const ctx = await house()
  await crowd(ctx, 0)
  const [ana, lin] = await bring(ctx, { id: 'a', phone: '+8613800000001' }, { id: 'l', email: 's1@shop.example' })

  expect(await markOf(ctx, lin!), 'the address of an account').toEqual({ mark: 'staff', said: null })
  expect(await saveMark(ctx, { id: lin!, mark: 'none' })).toEqual({ mark: null, said: 'none' })
  expect(await saveMark(ctx, { id: ana!, mark: 'test' })).toEqual({ mark: 'test', said: 'test' })
  const [ben] = await bring(ctx, { id: 'b', email: 'ben@mail.example' })
  const { mergeId } = await mergeCustomers(ctx, { into: ben!, from: [ana!], evidence: 'staff' })
  expect(await markOf(ctx, ben!)).toEqual({ mark: 'test', said: 'test' })
  await undoMerge(ctx, mergeId)

  expect(await markOf(ctx, ben!)).toEqual({ mark: null, said: null })
  expect(await markOf(ctx, ana!)).toMatchObject({ mark: 'test' })
})
