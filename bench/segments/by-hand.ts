import { addDays, type Day } from '#platform/days.ts'

/** What the statements by hand need to know of a day. Thresholds in days since the last purchase. */
export type Told = { today: Day; thresholds: { active: number; silent: number; sleeping: number } }

const map =
  'INNER JOIN (SELECT profile_id, customer_id FROM profile_customers FINAL) AS m ON m.profile_id = e.profile_id'

/**
 * The twelve as somebody would write them who knows these tables and ClickHouse well: each gives one number, `n`. In the order of
 * reference.ts.
 */
export function byHand({ today, thresholds }: Told): string[] {
  const ago = (days: number) => `toDate('${addDays(today, -days)}')`
  const since = (days: number) => `at >= toDateTime64('${addDays(today, 1 - days)}', 3, 'Asia/Shanghai')`
  const until = `at < toDateTime64('${addDays(today, 1)}', 3, 'Asia/Shanghai')`
  const did = (kind: string, days: number, having: string, more = '') =>
    `(SELECT m.customer_id FROM (SELECT profile_id, count() AS times FROM behaviour WHERE kind = '${kind}' AND ${since(days)} AND ${until}${more} GROUP BY profile_id) AS e ${map} GROUP BY m.customer_id HAVING ${having})`
  const ever = '1'
  const products = (category: string) => `(SELECT id FROM products FINAL WHERE category = '${category}')`
  const about = (category: string) =>
    ` AND hasAny(product_ids, (SELECT groupArray(id) FROM products FINAL WHERE category = '${category}'))`
  const bought = (condition: string) => `arrayExists(d -> ${condition}, purchase_days)`
  const lines = (category: string, window: string, having: string) =>
    `(SELECT m.customer_id FROM (SELECT profile_id, order_id FROM order_lines FINAL WHERE counts = 1 AND sale = 1 AND kind = 'goods' AND ${window} AND product_id IN ${products(category)}) AS e ${map} GROUP BY m.customer_id HAVING ${having})`
  const stepsOf = (columns: string, steps: string[]) =>
    `SELECT m.customer_id AS customer_id, ${columns} FROM (${steps.join(' UNION ALL ')}) AS e ${map} GROUP BY m.customer_id`
  const events = (kind: string, step: number, days: number, more = '') =>
    `SELECT profile_id, ${step} AS step, toUnixTimestamp64Milli(at) AS t, toInt32(toDate(at, 'Asia/Shanghai')) AS d FROM behaviour WHERE kind = '${kind}' AND ${since(days)} AND ${until}${more}`
  const purchases = (step: number, days: number) =>
    `SELECT profile_id, ${step} AS step, toUnixTimestamp64Milli(placed_at) AS t, toInt32(day) AS d FROM orders FINAL WHERE kind = 'sale' AND status <> 'void' AND day >= ${ago(days - 1)} AND day <= ${ago(0)}`
  const arrays = (count: number) =>
    Array.from({ length: count }, (_, at) => `groupArrayIf((e.t, e.d), e.step = ${at + 1}) AS s${at + 1}`).join(', ')
  const counted = (where: string) => `SELECT count() AS n FROM traits FINAL WHERE ${where}`
  return [
    counted("gender = 'female' AND city IN ('上海', '杭州') AND has_phone = 1"),
    counted(`added >= ${ago(364)} AND (province <> '浙江' OR isNull(province)) AND owner_id = 0`),
    counted(`arraySum((a, d) -> if(d >= ${ago(179)}, a, 0), amounts, days) >= 200000`),
    counted(
      `last_purchase >= ${ago(29)} AND first_purchase <= ${ago(211)} AND NOT ${bought(`d >= ${ago(210)} AND d <= ${ago(30)}`)}`,
    ),
    counted(
      `length(arrayFilter(d -> d >= ${ago(364)}, purchase_days) AS b) >= 3 AND arraySum((a, d) -> if(d >= ${ago(364)}, a, 0), amounts, days) >= 30000 * length(b)
       AND arrayMax(arrayDifference(arrayMap(d -> toInt32(d), b))) <= 120 AND arrayExists(d -> toDayOfWeek(d) >= 6, b)`,
    ),
    `SELECT count() AS n FROM traits FINAL WHERE customer_id IN ${lines('绿茶', `day >= ${ago(364)} AND day <= ${ago(0)}`, 'uniqExact(e.order_id) >= 2')}
        AND customer_id NOT IN ${lines('茶杯', `day <= ${ago(0)}`, ever)}`,
    `SELECT count() AS n FROM traits FINAL WHERE customer_id IN ${did('viewed', 30, 'sum(e.times) >= 5')}`,
    `SELECT count() AS n FROM traits FINAL WHERE customer_id IN ${did('carted', 30, ever, about('茶杯'))} AND NOT ifNull(last_purchase >= ${ago(29)}, 0)`,
    `SELECT count() AS n FROM traits FINAL WHERE customer_id IN (
       SELECT m.customer_id FROM (SELECT profile_id, countIf(kind = 'searched') AS s, countIf(kind = 'favoured') AS f, countIf(kind = 'carted') AS c
                                    FROM behaviour WHERE kind IN ('searched', 'favoured', 'carted') AND ${since(180)} AND ${until} GROUP BY profile_id) AS e ${map}
        GROUP BY m.customer_id HAVING sum(e.s) >= 3 AND sum(e.f) = 0 AND sum(e.c) <= 1)`,
    counted(`has_phone = 1 AND city <> '上海' AND customer_id NOT IN ${did('carted', 180, ever)}
       AND (arraySum((a, d) -> if(d >= ${ago(364)}, a, 0), amounts, days) >= 500000
            OR (last_purchase >= ${ago(thresholds.sleeping - 1)} AND last_purchase <= ${ago(thresholds.active)} AND customer_id IN ${did('viewed', 365, 'sum(e.times) >= 20')}))`),
    counted(`customer_id IN (SELECT customer_id FROM (${stepsOf(arrays(2), [events('viewed', 1, 180), purchases(2, 180)])})
       WHERE arrayExists(v -> v.2 + 7 < toInt32(${ago(0)}) AND NOT arrayExists(b -> b.1 > v.1 AND b.2 <= v.2 + 7, s2), s1))`),
    counted(`customer_id IN (SELECT customer_id FROM (${stepsOf(arrays(3), [events('viewed', 1, 365, about('绿茶')), events('carted', 2, 365), purchases(3, 365)])})
       WHERE arrayExists(v -> arrayExists(c -> c.1 > v.1 AND c.2 <= v.2 + 3 AND arrayExists(b -> b.1 > c.1 AND b.2 <= c.2 + 14, s3), s2), s1))`),
  ]
}
