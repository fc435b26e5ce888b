import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { useHouse } from '../testing/index.ts'

const house = useHouse()

test('a part of a Chinese name is found by its index, not by reading every product', async () => {
  const ctx = await house()

  const { rows } = await sql<{ pieces: string[] }>`select show_trgm('明前龙井') as pieces`.execute(ctx.db)

  expect(rows[0]!.pieces.length).toBeGreaterThan(2)
})

test('an integer beyond what a number can hold is a bug, never a wrong amount', async () => {
  const ctx = await house()

  await expect(sql`select 9007199254740993::bigint as amount`.execute(ctx.db)).rejects.toThrow('beyond 2^53')
})

test('a day stays a day, whatever the zone of the machine', async () => {
  const ctx = await house()

  const { rows } = await sql<{ day: string }>`select date '2026-03-01' as day`.execute(ctx.db)

  expect(rows[0]!.day).toBe('2026-03-01')
})
