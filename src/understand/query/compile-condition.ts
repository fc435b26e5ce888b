import type { Bindings } from './bindings.ts'
import { ageSql, anniversarySql, birthdaySql } from './birthday-sql.ts'
import { knownBySql, maySql } from './contact-sql.ts'
import { deedsIn, deedsSql } from './deeds-sql.ts'
import { distanceSql } from './distance-sql.ts'
import { documentSql } from './document-sql.ts'
import { didSql } from './event-sql.ts'
import { firstBoughtSql } from './first-bought-sql.ts'
import { likelySql } from './likely-sql.ts'
import { lineSql } from './line-sql.ts'
import { movedSql } from './moved-sql.ts'
import { asksOfLines, type OrdersAsked } from './orders-asked.ts'
import { actionSql, foretoldPeople, peopleForetoldBy } from './outlooks.ts'
import { pathSql } from './path-sql.ts'
import { columnTypes, outlookTypes, type Primitive, type ScoreOf, sureBits } from './primitive.ts'
import { productBuyers } from './product-sales.ts'
import { rangeSql } from './range-sql.ts'
import {
  peopleInStates,
  peopleKnownBy,
  peopleOfSnapshots,
  peopleWhoCame,
  peopleWith,
  pickedPeople,
  taggedPeople,
} from './record.ts'
import { parcelSql, reviewedSql } from './record-sql.ts'
import { regionSql } from './region-sql.ts'
import { sequenceSql } from './sequence-sql.ts'
import type { Yardstick } from './yardstick.ts'

type Cuts = NonNullable<Yardstick['cuts']>

/**
 * A condition as SQL over a source. Null is unknown: ClickHouse's own and, or and not follow three-valued logic.
 * @param given conditions that the source answers already, by a column (shared-behaviour.ts)
 */
export function compileCondition(
  tree: Primitive,
  { cuts }: Yardstick,
  bindings: Bindings,
  given?: (condition: Primitive) => string | undefined,
): string {
  const { bind } = bindings
  const compile = (node: Primitive): string => {
    const known = given?.(node)
    if (known) return known
    switch (node.is) {
      case 'yes':
        return '1'
      case 'unknown':
        return "CAST(NULL, 'Nullable(UInt8)')"
      case 'and':
        return node.of.length === 0 ? '1' : `(${together(node).join(' AND ')})`
      case 'or':
        return `(${together(node).join(' OR ')})`
      case 'not':
        return `NOT ${compile(node.of)}`
      case 'between':
        return rangeSql(node.column, node, (value) => bind(value, columnTypes[node.column]))
      case 'among':
        // A list is compared value by value, because IN makes a null of the list's type and loses the unknown.
        return `(${node.values.map((value) => `${node.column} = ${bind(value, 'String')}`).join(' OR ')})`
      case 'null':
        return `isNull(${node.column})`
      case 'flag':
        return `(${node.column} = 1)`
      case 'birthday': {
        const { on, from = 0, to = Number.POSITIVE_INFINITY, months } = node
        const passes: Parameters<typeof birthdaySql>[1] = months
          ? (one) => one.months.some((month) => months.includes(month))
          : ({ inDays }) => inDays >= from && inDays <= to
        return birthdaySql(on, passes, bindings)
      }
      case 'age':
        return ageSql(node.on, node, bindings)
      case 'anniversary':
        return anniversarySql(node.column, node.on, node, bindings)
      case 'birthKnown':
        return `(${node.column} > 0)`
      case 'region':
        return regionSql(node.among, bindings)
      case 'distance':
        return distanceSql(node.asked, bindings)
      case 'regionKnown':
        return '(region > 0)'
      case 'may':
        return maySql(node.bit, bindings)
      case 'knownBy':
        return knownBySql(node.kinds, bindings)
      case 'owners':
        return `has(${bind(node.among, 'Array(UInt64)')}, owner_id)`
      case 'owned':
        return '(owner_id > 0)'
      case 'shops':
        return `hasAny(shops, ${bind(node.among, 'Array(UInt32)')})`
      case 'came':
        return `(customer_id IN (${peopleWhoCame(node, bindings)}))`
      case 'tagged':
        return `(${node.families.map((family) => `customer_id IN (${taggedPeople(family, node.on, bindings)})`).join(' OR ')})`
      case 'picked':
        return `(customer_id IN (${pickedPeople(node, bindings)}))`
      case 'state':
        return `(customer_id IN (${peopleInStates(node.among, bindings)}))`
      case 'snapshot':
        return `(customer_id IN (${peopleOfSnapshots(node.ids, bindings)}))`
      case 'own':
        return `if(customer_id IN (${peopleKnownBy(node, bindings)}), customer_id IN (${peopleWith(node, node.test, bindings)}), NULL)`
      case 'ownKnown':
        return `(customer_id IN (${peopleKnownBy(node, bindings)}))`
      case 'sure':
        return `if(bitAnd(sure, ${sureBits[node.field]}) > 0, ${compile(node.of)}, NULL)`
      case 'sureKnown':
        return `(bitAnd(sure, ${sureBits[node.field]}) > 0)`
      case 'bought': {
        const ends = rangeSql('d', node, (value) => bind(value, 'Date'))
        return `arrayExists(d -> ${ends}, purchase_days)`
      }
      case 'boughtProduct':
        return `customer_id IN (${productBuyers(node, node.times, bindings)})`
      case 'foretold':
        return `if(customer_id IN (${foretoldPeople(node.column)}), customer_id IN (${foretoldPeople(
          node.column,
          rangeSql(node.column, node, (value) => bind(value, outlookTypes[node.column])),
        )}), NULL)`
      case 'foretoldBy':
        return `(customer_id IN (${peopleForetoldBy(node.among, bindings)}))`
      case 'foretoldAction':
        return actionSql(node, bindings)
      case 'likely':
        return likelySql(node.asked, bindings)
      case 'orders':
        return ordersSql(node.asked, bindings)
      case 'firstBought':
        return firstBoughtSql(node.asked, bindings)
      case 'did':
        return didSql(node.asked, bindings)
      case 'sequence':
        return sequenceSql(node.asked, bindings)
      case 'reviewed':
        return reviewedSql(node.asked, bindings)
      case 'parcel':
        return parcelSql(node.asked, bindings)
      case 'path':
        return pathSql(node.asked, bindings)
      case 'share':
        return `(intHash64(bitXor(customer_id, intHash64(${bind(node.seed, 'UInt64')}))) % 100 < ${bind(node.percent, 'UInt8')})`
      case 'scored':
        return rangeSql(scoreSql(node.score, required(cuts), bindings), node, (value) => bind(value, 'Int64'))
      case 'moved':
        return movedSql(node.asked, bindings)
      case 'classed':
        return classSql(node.among, required(cuts), bindings)
    }
  }
  /** The parts, those that ask of behaviour alone as one of them. */
  const together = ({ is, of }: Extract<Primitive, { is: 'and' | 'or' }>): string[] => {
    const deeds = given ? [] : of.filter(deedsIn)
    if (deeds.flatMap((one) => deedsIn(one) ?? []).length < 2) return of.map(compile)
    return [...of.filter((one) => !deeds.includes(one)).map(compile), deedsSql({ is, of: deeds }, bindings)]
  }
  return compile(tree)
}

/** Since the last birthday nothing can be said of whoever has none. */
function ordersSql(asked: OrdersAsked, bindings: Bindings): string {
  const condition = asksOfLines(asked) ? lineSql(asked, bindings) : documentSql(asked, bindings)
  return asked.sinceBirthday ? `if(birth_code = 0, NULL, ${condition})` : condition
}

/** A score as SQL: one more than the number of cuts that the value exceeds; null for who never bought. */
export function scoreSql(score: ScoreOf, cuts: Cuts, bindings: Bindings): string {
  if (score === 'frequencyMonetary') {
    return `intDiv(${scoreSql('frequency', cuts, bindings)} + ${scoreSql('monetary', cuts, bindings)} + 1, 2)`
  }
  const { bind } = bindings
  const exceeded = {
    recency: () => cuts.recency.map((cut) => `(last_purchase > ${bind(cut, 'Date')})`),
    frequency: () => cuts.frequency.map((cut) => `(purchases > ${bind(cut, 'UInt32')})`),
    monetary: () => cuts.monetary.map((cut) => `(revenue > ${bind(cut, 'Int64')})`),
  }[score]()
  return `if(isNull(last_purchase), NULL, ${['1', ...exceeded].join(' + ')})`
}

function classSql(classes: readonly string[], cuts: Cuts, { bind }: Bindings): string {
  const often = `purchases > ${bind(cuts.frequency[cuts.high - 2]!, 'UInt32')}`
  const much = `revenue > ${bind(cuts.monetary[cuts.high - 2]!, 'Int64')}`
  const name = `multiIf(${often} AND ${much}, 'retain', ${much}, 'develop', ${often}, 'loyal', 'ordinary')`
  return `if(isNull(last_purchase), NULL, has(${bind([...classes], 'Array(String)')}, ${name}))`
}

function required(cuts: Cuts | undefined): Cuts {
  if (!cuts) throw new Error('the question needs the cuts')
  return cuts
}
