import { existsSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { useHouse } from '#platform/testing/index.ts'
import { overview } from '#understand/metrics/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { importFile } from './import-file.ts'

const file = new URL('../../../../shared/data/online-retail/online_retail.csv.gz', import.meta.url).pathname
const house = useHouse({ empty: true })

// Without the data folder there is nothing to hold the import against: it is skipped, and says so.
test.skipIf(!existsSync(file))(
  'the real file of Online Retail comes out to the penny',
  async () => {
    const ctx = await house()

    const { summary } = await importFile(ctx, { path: file, preset: 'online-retail' })

    expect(summary).toEqual({
      lines: 541_909,
      orders: 25_900,
      cancellations: 3_836,
      adjustments: 3,
      customers: 4_372,
      anonymousLines: 135_080,
      products: 4_070,
      countries: 38,
      revenue: 9_747_747.93,
    })
    const { rows } = await sql`
      select (select count(*) from orders) as orders, (select count(*) from order_lines) as lines,
             (select count(*) from customers) as customers, (select count(*) from products) as products,
             (select sum(amount)::bigint from order_lines) as lines_amount, (select sum(amount)::bigint from orders) as amount,
             (select count(*) from order_lines where unit_price = 0.001) as tenth_pennies,
             (select count(*) from orders where kind = 'adjustment' and amount < 0) as negative_adjustments,
             (select count(*) from import_problems) as problems`.execute(ctx.db)
    expect(rows[0]).toEqual({
      orders: 25_900,
      lines: 541_909,
      customers: 4_372,
      products: 4_070,
      linesAmount: 974_774_793,
      amount: 974_774_793,
      tenthPennies: 4,
      negativeAdjustments: 2,
      problems: 0,
    })
    const kinds =
      await sql`select kind, count(*) as count from products where kind <> 'goods' group by kind order by kind`.execute(
        ctx.db,
      )
    expect(kinds.rows).toEqual([
      { kind: 'adjustment', count: 3 },
      { kind: 'discount', count: 1 },
      { kind: 'fee', count: 3 },
      { kind: 'gift_card', count: 5 },
      { kind: 'postage', count: 3 },
      { kind: 'sample', count: 1 },
    ])
    // 8 customers bought in two countries: the one of the latest order is theirs.
    const moved = await sql`select country from customers where number = '12370'`.execute(ctx.db)
    expect(moved.rows).toEqual([{ country: 'Cyprus' }])

    await projectAll(ctx)
    const seen = await overview(ctx, { asOf: '2011-12-10' })
    expect(seen.stages).toMatchObject({ active: 2_876, silent: 594, sleeping: 476, lost: 393, never: 33 })
    const values = Object.fromEntries(seen.metrics.map(({ key, value }) => [key, value]))
    expect(values).toMatchObject({ customers: 4_372 })
    expect(values.repurchaseRate).toBeCloseTo(2_845 / 4_339, 10)
  },
  300_000,
)
