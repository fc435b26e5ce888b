import { describe, expect, test } from 'vitest'
import { compileCount, compilePage } from './compile.ts'
import { type Condition, condition } from './contract.ts'
import { planOf } from './plan.ts'

const thresholds = { active: 90, silent: 180, sleeping: 270 }
const cuts = {
  groups: 5 as const,
  high: 4,
  recency: ['2025-03-01', '2025-06-01', '2025-09-01', '2025-12-01'],
  frequency: [1, 1, 2, 4],
  monetary: [1000, 5000, 9000, 30_000],
}
const newest = { by: 'lastPurchase', direction: 'down' } as const

function planned(where: Condition, lens: object = {}, sort: Parameters<typeof planOf>[1] = newest) {
  return planOf(where, sort, { asOf: '2026-03-01', ...lens }, { thresholds, cuts })
}

function conditionOf(where: Condition) {
  const { sql, params } = compileCount(planned(where))
  return { sql: sql.split('\nWHERE ')[1], params }
}

describe('a question becomes one statement', () => {
  test('that reads the traits as they are stored', () => {
    expect(compileCount(planned({ is: 'everyone' }))).toEqual({
      sql: 'SELECT count() AS customers\nFROM traits FINAL\nWHERE 1',
      params: {},
    })
  })

  test('with every value bound, whatever is written in it', () => {
    const trick = "x' OR 1 = 1 --"

    expect(conditionOf({ is: 'text', field: 'country', in: [trick, '中国'] })).toEqual({
      sql: '(country = {p1:String} OR country = {p2:String})',
      params: { p1: trick, p2: '中国' },
    })
  })

  test('stages are ranges of the last purchase’s day', () => {
    expect(conditionOf({ is: 'stage', in: ['silent', 'never'] })).toEqual({
      sql: '((NOT isNull(last_purchase) AND (last_purchase >= {p1:Date} AND last_purchase <= {p2:Date})) OR isNull(last_purchase))',
      params: { p1: '2025-09-03', p2: '2025-12-01' },
    })
  })

  test('a class is told by two cuts', () => {
    expect(conditionOf({ is: 'class', in: ['retain'] })).toEqual({
      sql: "if(isNull(last_purchase), NULL, has({p3:Array(String)}, multiIf(purchases > {p1:UInt32} AND revenue > {p2:Int64}, 'retain', revenue > {p2:Int64}, 'develop', purchases > {p1:UInt32}, 'loyal', 'ordinary')))",
      params: { p1: 2, p2: 9000, p3: ['retain'] },
    })
  })

  test('bought in a period looks at each purchase only where first or last do not say it', () => {
    expect(conditionOf({ is: 'bought', from: '2026-02-01' }).sql).toBe(
      '(NOT isNull(last_purchase) AND (last_purchase >= {p1:Date}))',
    )
    expect(conditionOf({ is: 'bought', from: '2025-02-01', to: '2025-03-01' }).sql).toBe(
      'arrayExists(d -> (d >= {p1:Date} AND d <= {p2:Date}), purchase_days)',
    )
  })

  test('a page goes on after a customer, and who lacks the value comes last', () => {
    const { sql, params } = compilePage(planned({ is: 'has', what: 'phone' }), 21, ['2026-01-05', 7])

    expect(sql.split('\n').slice(1)).toEqual([
      'FROM traits FINAL',
      'WHERE customer_id IN (SELECT customer_id FROM traits FINAL WHERE (has_phone = 1) AND (last_purchase < {p2:Date} OR (last_purchase = {p2:Date} AND customer_id < {p1:UInt64}) OR isNull(last_purchase)) ORDER BY last_purchase DESC NULLS LAST, customer_id DESC LIMIT {p3:UInt32})',
      'ORDER BY last_purchase DESC NULLS LAST, customer_id DESC',
      'LIMIT {p3:UInt32}',
    ])
    expect(params).toEqual({ p1: 7, p2: '2026-01-05', p3: 21 })
  })

  test('an actor of some shops, or a day of the past, counts from the documents alone', () => {
    const { sql, params } = compileCount(
      planned(
        { is: 'number', field: 'purchases', atLeast: 2 },
        { until: '2025-12-31', knownBy: '2025-12-31', shopIds: [2] },
      ),
    )

    expect(sql).toMatch(
      /arrayFilter\(\(d, s, k\) -> k = 1 AND s = \{p3:UInt32\} AND d <= \{p4:Date\}, stored\.days, stored\.document_shops, stored\.sales\) AS purchase_days/,
    )
    expect(sql).toMatch(
      /FROM traits AS stored FINAL\n {3}WHERE \(added <= \{p1:Date\} OR first_document <= \{p1:Date\}\) AND hasAny\(shops, \{p2:Array\(UInt32\)\}\)\)/,
    )
    expect(params).toEqual({ p1: '2025-12-31', p2: [2], p3: 2, p4: '2025-12-31', p5: 2 })
  })

  test('a day of the past is a beginning of each array', () => {
    const { sql } = compileCount(planned({ is: 'new' }, { until: '2025-12-31' }))

    expect(sql).toContain(
      'arraySlice(stored.purchase_days, 1, arrayCount(d -> d <= {p1:Date}, stored.purchase_days)) AS purchase_days',
    )
  })
})

describe('what cannot be asked', () => {
  test('a tree too deep or too large', () => {
    let deep: Condition = { is: 'everyone' }
    for (let level = 0; level < 11; level += 1) deep = { is: 'not', of: deep }
    const wide = { is: 'or', of: Array.from({ length: 50 }, () => ({ is: 'and', of: [{ is: 'new' }, { is: 'new' }] })) }

    expect(condition.safeParse(deep).success).toBe(false)
    expect(condition.safeParse(wide).success).toBe(false)
    expect(condition.safeParse({ is: 'not', of: { is: 'new' } }).success).toBe(true)
  })

  test('a field that does not exist, or a day that does not', () => {
    expect(condition.safeParse({ is: 'text', field: 'name', in: ['x'] }).success).toBe(false)
    expect(condition.safeParse({ is: 'day', field: 'added', from: '2026-02-30' }).success).toBe(false)
  })
})
