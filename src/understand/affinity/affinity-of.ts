import type { Context } from '#platform/context.ts'
import { addDays } from '#platform/days.ts'
import { numberFrom } from '#understand/metrics/index.ts'
import type { Condition } from '#understand/query/contract.ts'
import {
  answered,
  bindings,
  type Compiled,
  type Lens,
  lensOf,
  linesOfGoods,
  rowsOf,
  sourceOf,
} from '#understand/query/index.ts'
import { namesFor } from '#understand/value/index.ts'
import { type Affinity, type AffinityInput, fewestTogether, type Pair } from './contract.ts'

/** The most bought alone are put in pairs: of more the pairs of a large shop would not fit in memory. */
const mostThings = 300
const mostPairs = 60

type Row = { one: string; other: string; boughtOne: number; boughtOther: number; boughtBoth: number; buyers: number }

/** What the same people buy. Answers are kept while the columns stand. */
export async function affinityOf(ctx: Context, { by, days }: AffinityInput): Promise<Affinity> {
  const lens = await lensOf(ctx)
  const span = { from: addDays(lens.asOf, 1 - days), to: lens.asOf }
  const rows = await answered(ctx, `affinity ${JSON.stringify([by, lens, span])}`, () =>
    rowsOf<Row>(ctx, affinitySql(by, lens, span)),
  )
  const shown = rows.filter(({ boughtBoth }) => boughtBoth > 0)
  const ids = by === 'product' ? shown.flatMap(({ one, other }) => [Number(one), Number(other)]) : []
  const names = await namesFor(ctx, { productIds: ids })
  const nameOf = (key: string) => (by === 'category' ? key : (names.nameOf('product', Number(key)) ?? `#${key}`))
  return { ...span, buyers: rows[0]?.buyers ?? 0, pairs: shown.map((row) => pairOf(row, { by, span, nameOf })) }
}

/**
 * Pairs by people: each buyer's different things as an array, put in pairs. One reading of the lines for the things, one for the
 * pairs; buyers are those whom the actor sees. A row without a pair tells the buyers where there is none.
 */
function affinitySql(by: AffinityInput['by'], lens: Lens, span: { from: string; to: string }): Compiled {
  const bound = bindings()
  const { bind } = bound
  const key = by === 'product' ? 'toString(l.product_id)' : 'l.category'
  const named = by === 'product' ? 'l.product_id > 0' : "l.category <> ''"
  const lines = linesOfGoods({ ...span, shopIds: lens.shopIds, bought: true }, bound)
  const source = sourceOf(lens, bound)
  const fewest = bind(fewestTogether, 'UInt32')
  return {
    sql: `WITH bought AS (SELECT DISTINCT l.customer_id AS customer, ${key} AS thing, ${named} AS named FROM ${lines} AS l
                 WHERE l.customer_id IN (SELECT customer_id FROM ${source})),
     things AS (SELECT thing, count() AS people FROM bought WHERE named GROUP BY thing HAVING people >= ${fewest}
                 ORDER BY people DESC, thing LIMIT ${bind(mostThings, 'UInt32')}),
     baskets AS (SELECT customer, arraySort(groupArray(thing)) AS basket FROM bought WHERE named AND thing IN (SELECT thing FROM things) GROUP BY customer),
     pairs AS (SELECT pair.1 AS one, pair.2 AS other, count() AS boughtBoth
                 FROM (SELECT arrayJoin(arrayFlatten(arrayMap((a, place) -> arrayMap(b -> (a, b), arraySlice(basket, place + 1)), basket, arrayEnumerate(basket)))) AS pair FROM baskets)
                GROUP BY one, other HAVING boughtBoth >= ${fewest})
SELECT one, other, boughtOne, boughtOther, boughtBoth, (SELECT uniqExact(customer) FROM bought) AS buyers
FROM (SELECT p.one AS one, p.other AS other, a.people AS boughtOne, b.people AS boughtOther, p.boughtBoth AS boughtBoth
        FROM pairs AS p INNER JOIN things AS a ON a.thing = p.one INNER JOIN things AS b ON b.thing = p.other
      UNION ALL SELECT '' AS one, '' AS other, 0 AS boughtOne, 0 AS boughtOther, 0 AS boughtBoth)
WHERE boughtBoth = 0 OR boughtBoth * buyers > boughtOne * boughtOther
ORDER BY boughtBoth * buyers / greatest(boughtOne * boughtOther, 1) * log2(boughtBoth + 1) DESC, boughtBoth DESC, one, other
LIMIT ${bind(mostPairs + 1, 'UInt32')}`,
    params: bound.params,
  }
}

function pairOf(
  { one, other, boughtOne, boughtOther, boughtBoth, buyers }: Row,
  told: { by: AffinityInput['by']; span: { from: string; to: string }; nameOf: (key: string) => string },
): Pair {
  const counted = { boughtOne, boughtOther, boughtBoth, buyers }
  const bought = (key: string): Condition => ({
    is: 'orders',
    of: 'count',
    ...told.span,
    ...(told.by === 'product' ? { productIds: [Number(key)] } : { categories: [key] }),
    atLeast: 1,
  })
  return {
    one,
    other,
    oneName: told.nameOf(one),
    otherName: told.nameOf(other),
    boughtOne,
    boughtOther,
    boughtBoth,
    support: numberFrom('support', counted),
    confidence: numberFrom('confidence', counted),
    lift: numberFrom('lift', counted),
    people: { is: 'and', of: [bought(one), bought(other)] },
    notYet: { is: 'and', of: [bought(one), { is: 'not', of: bought(other) }] },
  }
}
