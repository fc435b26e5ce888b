import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type TestContext, useHouse } from '#platform/testing/index.ts'

const house = useHouse({ empty: true })
const realHouse = useHouse()

/** Runs `regulars demo …` as an operator does, on the databases of this test. */
async function demo(ctx: TestContext, ...args: string[]) {
  const data = await mkdtemp(join(tmpdir(), 'regulars-demo-'))
  await ctx.columns.ping()
  const child = spawn(process.execPath, [fileURLToPath(new URL('../../main.ts', import.meta.url)), 'demo', ...args], {
    env: {
      ...process.env,
      REGULARS_DATA: data,
      DATABASE_URL: ctx.urls.database,
      CLICKHOUSE_URL: new URL(`/${ctx.urls.columnsDatabase}`, ctx.urls.columns).href,
      LOG_LEVEL: 'error',
    },
  })
  let out = ''
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk
  })
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return { code, out, said }
}

test('the command makes a demo shop, knows it again, and does not make another in its place unless asked', async () => {
  const ctx = await house()

  const made = await demo(ctx, '--customers', '120', '--only-make', '--json')
  const again = await demo(ctx, '--only-make', '--json')
  const other = await demo(ctx, '--customers', '300', '--only-make')
  const anew = await demo(ctx, '--customers', '60', '--anew', '--only-make', '--json')

  expect(made.code, made.said).toBe(0)
  const first = JSON.parse(made.out)
  expect(first.customers).toBeGreaterThanOrEqual(120)
  expect(first.signIns.map((one: { role: string }) => one.role)).toEqual(
    expect.arrayContaining(['owner', 'marketer', 'assistant']),
  )
  expect(JSON.parse(again.out).customers).toBeGreaterThanOrEqual(first.customers)
  expect(other).toMatchObject({ code: 3, out: '', said: expect.stringContaining('120 customers') })
  expect(JSON.parse(anew.out).customers).toBeLessThan(120)
  // Four programs, one after the other, with ten passwords to hash.
}, 300_000)

test('a shop in which somebody works is refused, and stays as it is', async () => {
  const ctx = await realHouse()

  const refused = await demo(ctx, '--only-make')
  const cleared = await demo(ctx, '--anew', '--only-make')

  expect(refused).toMatchObject({ code: 3, said: expect.stringContaining('not a demo') })
  expect(cleared.code).toBe(3)
  const merchant = await ctx.db.selectFrom('merchant').select('name').executeTakeFirst()
  expect(merchant?.name).toBe('Test shop')
})
