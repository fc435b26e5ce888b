import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { openHouse } from '#app/open-house.ts'
import { readConfig } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import { type Day, dayIn } from '#platform/days.ts'
import { beside } from '#understand/predictions/beside.ts'
import { buyersSql } from '#understand/predictions/buyers-sql.ts'
import { judgeAll } from '#understand/predictions/judge-all.ts'
import { groundsOf } from '#understand/predictions/ladder.ts'
import { fitPurchases } from '#understand/predictions/maths/purchase-model.ts'
import { pastFrom } from '#understand/predictions/past.ts'
import { readingsOf } from '#understand/predictions/readings.ts'
import { reckon } from '#understand/predictions/reckon.ts'
import { bindings } from '#understand/query/index.ts'
import { alternate, type Measured, report, timed } from './harness.ts'

const tell = (line: string) => process.stdout.write(`${line}\n`)

/**
 * A forecast of people who live by the model (r 1, alpha 8 weeks, a 1, b 4): each of its steps, and the fit over equal histories once,
 * beside the same fit over each person.
 */
export async function run(options: Record<string, string>): Promise<void> {
  const customers = Number(options.customers ?? 1_000_000)
  const repeats = Number(options.repeats ?? 1)
  const dataDir = await mkdtemp(join(tmpdir(), 'regulars-bench-'))
  const house = await openHouse(readConfig({ ...process.env, REGULARS_DATA: dataDir, LOG_LEVEL: 'error' }), tell)
  try {
    const { ctx } = house
    await sql`insert into merchant (name, zone, currency, locale) values ('Bench', 'Asia/Shanghai', 'CNY', 'en')`.execute(
      ctx.db,
    )
    const asOf = dayIn('Asia/Shanghai', ctx.clock.now())
    tell(`made in ${((await timed(() => lives(ctx, customers, asOf))) / 1000).toFixed(1)} s`)
    const measured: Measured[] = []
    const add = async (name: string, atMost: number, work: () => Promise<unknown>) => {
      const ours: number[] = []
      for (let turn = 0; turn < repeats; turn += 1) ours.push((await timed(work)) / 1000)
      measured.push({ case: name, unit: 's', goal: { of: 'ours', atMost }, ours })
    }
    await add('readings', 10, () => readingsOf(ctx, asOf))
    const readings = await readingsOf(ctx, asOf)
    await add('forecast of the readings: two fits, spending, check, tracking', 30, async () => reckon(readings))
    const forecast = { ...reckon(readings), scored: { model: 0, alike: 0, own: 0, none: 0 } }
    tell(JSON.stringify({ purchases: forecast.purchases, spending: forecast.spending, off: forecast.check?.off }))
    await add('outlooks of all, written', 10, () =>
      beside(undefined, async (ask) => {
        await ask({ kind: 'grounds', grounds: groundsOf(forecast), forecast: 1 })
        return judgeAll(ctx, ask, { forecast: 1, asOf })
      }),
    )
    const [once, each] = [pastFrom(readings.histories), pastFrom(await oneByOne(ctx, asOf))]
    tell(`${each.count.length} people, ${once.count.length} different histories`)
    const fitting = async (histories: typeof once) => (await timed(async () => fitPurchases(histories))) / 1000
    const { ours, peer } = await alternate(
      repeats,
      () => fitting(once),
      () => fitting(each),
    )
    measured.push({ case: 'fit of BG/NBD; peer: not grouped', unit: 's', goal: { of: 'ours', atMost: 30 }, ours, peer })
    await report('predict', ctx, measured)
  } finally {
    await house.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Traits of people who live by the model, over three years. */
async function lives(ctx: Context, customers: number, asOf: Day): Promise<void> {
  const dice = (...parts: string[]) => `((cityHash64(${parts.join(', ')}) % 1000000 + 0.5) / 1000000)`
  for (let from = 0; from < customers; from += 250_000) {
    await ctx.columns.command({
      query: `
INSERT INTO traits (customer_id, version, has_phone, has_email, owner_id, added, profiles, shops, purchases, revenue, first_purchase, last_purchase,
  first_document, last_document, purchase_days, days, sales, amounts, document_shops)
WITH -log(${dice('number', '1')}) / 8 AS rate, 1 - pow(${dice('number', '2')}, 1 / 4) AS leaves,
     least(100, 1 + toUInt32(least(100, floor(log(${dice('number', '3')}) / log(1 - leaves))))) AS times,
     toDate({asOf:Date}) - toUInt32(${dice('number', '4')} * 1095) AS first,
     -log(${dice('number', '5')}) * 200 AS dear,
     arrayFilter(d -> d <= toDate({asOf:Date}), arrayMap(after -> toDate(first + toInt32(least(after, 20000))),
       arrayPushFront(arrayCumSum(arrayMap(k -> -log(${dice('number', '6', 'k')}) / rate * 7, range(times))), 0))) AS bought
SELECT number + 1, 1, 0, 0, 0, first, [number + 1], [1], length(bought), arraySum(spent), first, bought[-1], first, bought[-1],
       bought, bought, arrayMap(d -> 1, bought), arrayMap((d, k) -> toInt64(5000 + dear * 20 + ${dice('number', '7', 'k')} * 9000), bought, arrayEnumerate(bought)) AS spent,
       arrayMap(d -> 1, bought)
  FROM numbers({from:UInt64}, {count:UInt64})`,
      query_params: { asOf, from, count: Math.min(250_000, customers - from) },
    })
  }
}

async function oneByOne(ctx: Context, asOf: Day): Promise<string> {
  const bound = bindings()
  const result = await ctx.columns.query({
    query: `SELECT repeats, last, age, 1, 0, 0 FROM ${buyersSql(asOf, bound)}`,
    query_params: bound.params,
    format: 'TabSeparated',
  })
  return result.text()
}
