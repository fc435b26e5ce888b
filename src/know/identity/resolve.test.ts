import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { getCustomer } from '#know/customers/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { useHouse } from '#platform/testing/index.ts'
import { peopleOf } from './incoming.ts'
import { customerOf, mergeCustomers, resolve, undoMerge } from './index.ts'
import { freshOf, saveNew } from './save-new.ts'
import { bring, told } from './testing/told.ts'

const house = useHouse()
const phone = '+8613800000001'

test('the same phone is the same person, whichever shop tells of it; another is another', async () => {
  const ctx = await house()

  const [ana, ben] = await bring(
    ctx,
    { id: 'a', phone, values: { name: 'Ana' } },
    { id: 'b', email: 'ben@mail.example' },
  )
  const [again, both, cleo] = await bring(
    ctx,
    { id: 'x', source: 'till', phone },
    { id: 'y', source: 'till', email: 'ben@mail.example', phone: '+8613800000009' },
    { id: 'z', source: 'till', card: 'C1' },
  )

  expect([again, both]).toEqual([ana, ben])
  expect(new Set([ana, ben, cleo]).size).toBe(3)
  expect(await getCustomer(ctx, ben!)).toMatchObject({ phone: '+8613800000009', email: 'ben@mail.example' })
  expect(await bring(ctx, { id: 'a', phone }, { id: 'z', source: 'till' })).toEqual([ana, cleo])

  const desk = '+8613800000005'
  const office = await bring(ctx, ...Array.from({ length: 25 }, (_, n) => ({ id: `o${n}`, phone: desk })))
  expect(await bring(ctx, { id: 'o', source: 'till', phone: desk }), 'who is known by many profiles').toEqual([
    office[3],
  ])
})

test('a row that points to two customers makes them one, and that can be undone for good', async () => {
  const ctx = await house()
  const [ana, anna] = await bring(
    ctx,
    { id: 'a', phone, values: { name: 'Ana' } },
    { id: 'b', email: 'a@mail.example' },
  )

  const [one] = await bring(ctx, { id: 'c', source: 'till', phone, email: 'a@mail.example' })
  const { rows } = await sql<{ id: number }>`select id from identity_merges`.execute(ctx.db)
  const merged = await getCustomer(ctx, anna!)
  await undoMerge(ctx, rows[0]!.id)
  const after = await bring(
    ctx,
    { id: 'c', source: 'till', phone, email: 'a@mail.example' },
    { id: 'd', source: 'till', phone: '+8613800000007', email: 'a@mail.example' },
  )

  expect(one).toBe(ana)
  expect(merged).toMatchObject({ id: ana, name: 'Ana', email: 'a@mail.example' })
  // Both have the address now: of whom it is, no machine can say.
  expect(after[0], 'whom somebody took apart no row ties again').toBe(ana)
  expect([ana, anna]).not.toContain(after[1])
  expect(await customerOf(ctx, anna!)).toBe(anna)
})

test('two accounts of one platform are two people, whatever else they have in common; it is proposed', async () => {
  const ctx = await house()

  const [ana, ben] = await bring(ctx, { id: 'a', unionid: 'wx u1', phone }, { id: 'b', unionid: 'wx u2', phone })
  const [third] = await bring(ctx, { id: 'c', unionid: 'wx u3', phone })

  expect(new Set([ana, ben, third]).size).toBe(3)
  const { rows } = await sql`select one_id, other_id, kind, why from identity_proposals order by 1, 2, 4`.execute(
    ctx.db,
  )
  expect(rows).toContainEqual({ oneId: ana, otherId: ben, kind: 'phone', why: 'contradicted' })
  expect(await bring(ctx, { id: 'd', source: 'app', unionid: 'wx u2' })).toEqual([ben])
})

test('of a field the newest word counts, whichever row comes first, today or in a file of last year', async () => {
  const ctx = await house()
  const says = (name: string, at: string) => ({ id: 'a', phone, values: { name }, at })

  const [ana] = await bring(
    ctx,
    says('Ana', '2026-01-31T00:00Z'),
    says('Ana Lin', '2026-02-02T00:00Z'),
    says('Ana L', '2026-02-01T00:00Z'),
  )
  const among = await getCustomer(ctx, ana!)
  await bring(ctx, says('Ana before', '2025-01-01T00:00Z'))
  const before = await getCustomer(ctx, ana!)
  await bring(ctx, says('Ana Chen', '2026-02-03T00:00Z'))

  expect([among.name, before.name]).toEqual(['Ana Lin', 'Ana Lin'])
  expect((await getCustomer(ctx, ana!)).name).toBe('Ana Chen')
})

test('a browser belongs to nobody until somebody signs in on it, and then to the first', async () => {
  const ctx = await house()

  const [nobody] = await bring(ctx, { anonymous: 'web b1' })
  const [ana] = await bring(ctx, { id: 'ana', anonymous: 'web b1' })
  const [ben, browser] = await bring(ctx, { id: 'ben', anonymous: 'web b1' }, { anonymous: 'web b1' })
  const [cleo, unseen] = await bring(
    ctx,
    { id: 'cleo', anonymous: 'web b2', at: '2026-02-01T10:00Z' },
    { anonymous: 'web b2', at: '2026-02-01T09:00Z' },
  )

  expect(nobody).toBeNull()
  expect(ben).not.toBe(ana)
  expect(browser).toBe(ana)
  expect(unseen).toBe(cleo)
})

test('a batch gives the same in any order, takes the same number of statements whatever its size, and changes nothing twice', async () => {
  const ctx = await house()
  const counted = (db: typeof ctx.db) => {
    const all: string[] = []
    const plugin = {
      transformQuery: ({ node }: { node: never }) => all.push('') && node,
      transformResult: async ({ result }: { result: never }) => result,
    }
    return { all, db: db.withPlugin(plugin as never) }
  }
  const batch = async (size: number, offset: number) =>
    Promise.all(
      Array.from({ length: size }, (_, index) =>
        told(ctx, `r${index}`, {
          id: `${offset + index}`,
          phone: `+86138${offset + Math.floor(index / 2)}`,
          values: { name: `N${index}` },
        }),
      ),
    )
  const few = await batch(10, 10_000_000)
  const many = await batch(1_100, 20_000_000)

  const small = counted(ctx.db)
  const first = await resolve({ ...ctx, db: small.db }, few)
  const large = counted(ctx.db)
  const firstMany = await resolve({ ...ctx, db: large.db }, many)
  const again = await resolve(ctx, [...few].reverse())
  const { rows } = await sql<{ version: number }>`select max(version) as version from customers`.execute(ctx.db)

  expect(large.all.length).toBeLessThanOrEqual(small.all.length)
  expect(again).toEqual(first)
  expect(await resolve(ctx, [...many].reverse())).toEqual(firstMany)
  expect(new Set([...firstMany.values()].map((one) => one.customerId)).size).toBe(550)
  expect(new Set([...first.values()].map((one) => one.customerId)).size).toBe(5)
  expect(rows[0]!.version).toBe(2)
})

test('many at once are known by the same as few: whom staff merged, whose phone is shared, whose a crowd has', async () => {
  const ctx = await house()
  const phoneOf = (n: number) => `+86138${10_000_000 + n}`
  const regulars = await bring(
    ctx,
    ...Array.from({ length: 30 }, (_, n) => ({
      id: `r${n}`,
      phone: phoneOf(n),
      ...(n < 3 ? { unionid: `wx u"${n}` } : {}),
    })),
  )
  await mergeCustomers(ctx, { into: regulars[4]!, from: [regulars[9]!], evidence: 'staff' })
  await bring(ctx, ...Array.from({ length: 40 }, (_, n) => ({ id: `c${n}`, source: 'till', phone: phoneOf(7) })))
  await sql`update identifiers set shared = true where value = ${phoneOf(5)}`.execute(ctx.db)
  const batch = await Promise.all(
    Array.from({ length: 620 }, (_, n) =>
      told(ctx, `x${String(n).padStart(3, '0')}`, {
        id: n % 40 === 39 ? `r${n % 30}` : `x${n}`,
        source: n % 40 === 39 ? 'web' : 'app',
        card: `C${n}`,
        ...(n % 40 < 30 ? { phone: phoneOf(n % 40) } : {}),
        ...(n % 40 >= 30 && n % 40 < 33 ? { unionid: `wx u"${(n % 40) - 30}` } : {}),
      }),
    ),
  )
  const known = new Set(regulars)
  const customersOf = (resolved: Awaited<ReturnType<typeof resolve>>) =>
    batch.map(({ ref }) => {
      const { customerId } = resolved.get(ref)!
      return known.has(customerId) ? customerId : 'new'
    })
  class Undo extends Error {}
  let atOnce: unknown[] = []
  await inTransaction(ctx, async (inside) => {
    atOnce = customersOf(await resolve(inside, batch))
    throw new Undo()
  }).catch((error) => {
    if (!(error instanceof Undo)) throw error
  })

  const inParts: Awaited<ReturnType<typeof resolve>> = new Map()
  for (let from = 0; from < batch.length; from += 62) {
    for (const [ref, one] of await resolve(ctx, batch.slice(from, from + 62))) inParts.set(ref, one)
  }

  expect(atOnce).toEqual(customersOf(inParts))
  expect(atOnce[9]).toBe(regulars[4])
  expect(atOnce[7]).toBe(regulars[7])
  expect(atOnce[5]).toBe('new')
  expect(new Set(atOnce).size).toBeGreaterThan(25)
})

test('a profile that somebody else makes at the same moment, by a name alone, is taken as it is', async () => {
  const ctx = await house()
  const { sourceId } = await told(ctx, '', {})
  const other = await sql<{ id: number }>`
    insert into profiles (source_id, external_id) values (${sourceId}, 'p7') returning id`.execute(ctx.db)
  const people = peopleOf(
    Array.from({ length: 120 }, (_, n) => ({
      ref: `${n}`,
      sourceId,
      externalId: `p${n}`,
      identifiers: [],
      at: new Date(0),
      origin: 'import' as const,
    })),
  )

  const { ids, own } = await inTransaction(ctx, (ctx) => saveNew(ctx, freshOf(people)))

  const { rows } = await sql<{ id: number; name: string }>`select id, external_id as name from profiles`.execute(ctx.db)
  expect(own).toBe(false)
  expect(ids[7]).toBe(other.rows[0]!.id)
  const kept = new Map(rows.map(({ id, name }) => [name, id]))
  expect(ids).toEqual(people.map(({ externalId }) => kept.get(externalId)))
})

test('staff make two people one, keep the id that they choose, and take it back; later orders go where their profile is', async () => {
  const ctx = await house()
  const [ana, anna] = await bring(
    ctx,
    { id: 'a', phone },
    { id: 'b', email: 'a@mail.example', values: { name: 'Anna' } },
  )

  const { mergeId } = await mergeCustomers(ctx, { into: anna!, from: [ana!], evidence: 'staff' })
  expect(await getCustomer(ctx, ana!)).toMatchObject({ id: anna, name: 'Anna', phone, email: 'a@mail.example' })
  const [later] = await bring(ctx, { id: 'c', source: 'till', phone, values: { name: 'Ana T' } })
  await expect(mergeCustomers(ctx, { into: ana!, from: [anna!], evidence: 'staff' })).rejects.toThrow(
    'identity.already_one',
  )
  await undoMerge(ctx, mergeId)

  expect(later).toBe(anna)
  expect(await getCustomer(ctx, ana!)).toMatchObject({ id: ana, name: 'Ana T', phone, email: null })
  expect(await getCustomer(ctx, anna!)).toMatchObject({ id: anna, name: 'Anna', phone: null })
  await expect(undoMerge(ctx, mergeId)).rejects.toThrow('identity.undone_already')
})
