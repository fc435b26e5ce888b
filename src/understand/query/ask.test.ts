import { expect, test, vi } from 'vitest'
import { useHouse } from '#platform/testing/index.ts'
import { rowsOf } from './ask.ts'

const house = useHouse()
const heavy = { sql: 'SELECT sum(sipHash64(number)) AS n FROM numbers({many:UInt64})', params: { many: 1e13 } }

test('a statement that nobody waits for any more ends in the engine, which is told its number', async () => {
  const ctx = await house()
  const running = async () =>
    (
      await rowsOf<{ n: number }>(ctx, {
        sql: "SELECT count() AS n FROM system.processes WHERE query LIKE '%sipHash64(number)%' AND query NOT LIKE '%processes%'",
        params: {},
      })
    )[0]!.n
  const asked = vi.spyOn(ctx.columns, 'query')
  const told = vi.spyOn(ctx.columns, 'command')
  const stop = new AbortController()

  const counted = rowsOf(ctx, heavy, stop.signal).catch((error: Error) => error.message)
  await expect.poll(running, { timeout: 5000 }).toBe(1)
  stop.abort()

  expect(await counted).toMatch(/abort/i)
  await expect.poll(running, { timeout: 5000 }).toBe(0)
  const begun = asked.mock.calls.find(([one]) => one.query === heavy.sql)
  expect(begun?.[0].query_id).toMatch(/^[0-9a-f-]{36}$/)
  const ended = told.mock.calls.filter(([one]) => one.query.startsWith('KILL'))
  expect(ended.map(([one]) => one.query_params)).toEqual([{ id: begun?.[0].query_id }])
})
