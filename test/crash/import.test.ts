import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { type TestContext, useHouse } from '#platform/testing/index.ts'

const house = useHouse({ empty: true })
const kills = 20

/** Like Online Retail: 3,000 orders of 20 lines, some cancelled, some anonymous, some told on rows far apart, a few unusable. */
function madeFile(): string {
  const lines = ['InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country']
  for (let order = 0; order < 3_000; order += 1) {
    const cancelled = order % 9 === 0
    const number = `${cancelled ? 'C' : ''}${500_000 + order}`
    const customer = order % 5 === 0 ? '' : `${12_000 + ((order * 7) % 700)}.0`
    const date = `2011-${String(1 + (order % 12)).padStart(2, '0')}-${String(1 + (order % 28)).padStart(2, '0')} 10:${String(order % 60).padStart(2, '0')}:00`
    for (let line = 0; line < 20; line += 1) {
      const product = (order * 13 + line * 31) % 400
      const price = order % 1_000 === 7 && line === 3 ? 'free' : `${(product % 90) / 10 + 0.55}`.slice(0, 5)
      lines.push(
        `${number},P${product},PRODUCT ${product},${cancelled ? -1 : 1 + (line % 5)},${date},${price},${customer},Country ${order % 30}`,
      )
    }
  }
  // The last lines of some orders stand at the end of the file.
  const moved = lines.splice(1_000, 40)
  return `${[...lines, ...moved].join('\n')}\n`
}

function begin(
  ctx: TestContext,
  path: string,
): { child: ChildProcess; begun: Promise<unknown>; ended: Promise<number | null> } {
  const child = fork(new URL('import-process.ts', import.meta.url), [ctx.urls.database, ctx.urls.columns, path], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const begun = new Promise((resolve) => child.once('message', resolve))
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  return { child, begun: Promise.race([begun, ended]), ended }
}

/** Everything that an import leaves, without the ids and times of the machine. */
async function checksums(ctx: Context) {
  const tables = {
    orders: sql`select o.number || o.kind || o.status || o.placed_at || o.day || o.amount || o.line_count || o.content_hash || o.version || p.external_id as said
                  from orders o join profiles p on p.id = o.profile_id`,
    lines: sql`select o.number || l.line || coalesce(p.code, '') || l.kind || coalesce(l.name, '') || l.quantity || l.unit_price || l.amount as said
                 from order_lines l join orders o on o.id = l.order_id left join products p on p.id = l.product_id`,
    products: sql`select code || kind || coalesce(name, '') || coalesce(price, -1) || version as said from products`,
    customers: sql`select c.number || coalesce(c.country, '') || c.version || p.external_id as said
                     from customers c join profile_customers m on m.customer_id = c.id join profiles p on p.id = m.profile_id`,
    values: sql`select p.external_id || v.field || v.value || v.at as said from profile_values v join profiles p on p.id = v.profile_id`,
    identifiers: sql`select p.external_id || i.kind || i.value as said from identifiers i join profiles p on p.id = i.profile_id`,
    facts: sql`select kind || at || data as said from facts where kind like 'orders.%'`,
    news: sql`select kind as said from facts where kind not like 'orders.%' and kind not like 'shops.%'`,
    evidence: sql`select entity || effect || coalesce(version, 0) || coalesce(content_hash, '') as said from import_evidence`,
    problems: sql`select row || reason || coalesce(column_name, '') || coalesce(value, '') as said from import_problems`,
  }
  const sums: Record<string, unknown> = {}
  for (const [name, query] of Object.entries(tables)) {
    const { rows } = await sql<{ count: number; sum: string }>`
      select count(*) as count, md5(string_agg(said, ',' order by said collate "C")) as sum from (${query}) as rows`.execute(
      ctx.db,
    )
    sums[name] = rows[0]
  }
  return sums
}

type Standing = { phase: string | null; state: string | null; cursor: string }

async function standing(ctx: Context): Promise<Standing> {
  const { rows } =
    await sql<Standing>`select phase, state, cursor::text as cursor from imports order by id desc limit 1`.execute(
      ctx.db,
    )
  return rows[0] ?? { phase: null, state: null, cursor: '' }
}

/** Waits until the import has written so many portions in all its lives, or has ended. @returns how many there are */
async function portions(ctx: Context, seen: number, wanted: number): Promise<number> {
  let { cursor } = await standing(ctx)
  let count = seen
  while (count < wanted) {
    await pause(5)
    const now = await standing(ctx)
    if (now.state === 'applied') break
    if (now.cursor !== cursor) count += 1
    cursor = now.cursor
  }
  return count
}

test('an import killed twenty times at random moments and resumed ends as one that nobody disturbed', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'regulars-crash-')), 'made.csv')
  await writeFile(path, madeFile())
  const calm = await house()
  const started = performance.now()
  const undisturbed = begin(calm, path)
  await undisturbed.begun
  const began = performance.now()
  expect(await undisturbed.ended).toBe(0)
  const whole = performance.now() - began
  const hit = await house()

  let killed = 0
  let seen = 0
  const phases = new Map<string, number>()
  for (let life = 0; life < kills * 2 && killed < kills; life += 1) {
    const { child, begun, ended } = begin(hit, path)
    await begun
    // Many more portions are written in all than lives wait for, so that it never ends before the last kill, however fast the machine is: what
    // is written in the pause is not counted.
    seen = await portions(hit, seen, Math.floor((killed + Math.random()) * 2))
    await pause(Math.random() * 20)
    const { phase, state } = await standing(hit)
    if (state === 'applied') {
      await ended
      break
    }
    child.kill('SIGKILL')
    await ended
    killed += 1
    phases.set(phase ?? 'before', (phases.get(phase ?? 'before') ?? 0) + 1)
  }
  const last = begin(hit, path)
  expect(await last.ended).toBe(0)

  console.error(
    `killed ${killed} times: ${JSON.stringify(Object.fromEntries(phases))}; undisturbed ${Math.round(whole)} ms, all ${Math.round(performance.now() - started)} ms`,
  )
  expect(await checksums(hit)).toEqual(await checksums(calm))
  expect(killed).toBe(kills)
}, 300_000)
