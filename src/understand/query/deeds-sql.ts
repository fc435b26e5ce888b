import type { Bindings } from './bindings.ts'
import { mapSql, ofAmong } from './bindings.ts'
import { type DidAsked, eventTests, windowTests } from './event-sql.ts'
import type { Primitive } from './primitive.ts'
import { rangeSql } from './range-sql.ts'

/** How often somebody did this and that, joined by and, or and not: what each asks, in the order of the tree. Nothing where more is asked. */
export function deedsIn(tree: Primitive): DidAsked[] | undefined {
  if (tree.is === 'did') return [tree.asked]
  if (tree.is === 'not') return deedsIn(tree.of)
  if ((tree.is !== 'and' && tree.is !== 'or') || tree.of.length === 0) return undefined
  const parts = tree.of.map(deedsIn)
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined
}

/**
 * A tree of such questions as one condition of customer_id, by one reading of behaviour: each by itself would read the same columns of
 * the same days again. As with one alone, a tree that who did nothing fulfils is asked the other way round.
 */
export function deedsSql(tree: Primitive, bindings: Bindings): string {
  const asked = deedsIn(tree)!
  const counts = asked.map((one, at) => `countIf(${eventTests(one, bindings)}) AS d${at}`)
  const { zone } = asked[0]!
  const window = windowTests(
    {
      zone,
      from: asked.every(({ from }) => from) ? asked.map(({ from }) => from!).sort()[0] : undefined,
      to: asked
        .map(({ to }) => to)
        .sort()
        .at(-1)!,
    },
    bindings,
  )
  const kinds = `kind IN ${bindings.bind([...new Set(asked.map(({ kind }) => kind))], 'Array(String)')}`
  let at = 0
  const having = (node: Primitive): string => {
    if (node.is === 'and' || node.is === 'or')
      return `(${node.of.map(having).join(node.is === 'and' ? ' AND ' : ' OR ')})`
    if (node.is === 'not') return `NOT ${having(node.of)}`
    const { least, most } = boundsOf(asked[at]!)
    return rangeSql(`sum(e.d${at++})`, { from: least, to: most }, (value) => bindings.bind(value, 'Int64'))
  }
  const passes = having(tree)
  const people = (condition: string) =>
    `customer_id IN (SELECT m.customer_id FROM (SELECT profile_id, ${counts.join(', ')} FROM behaviour WHERE ${[kinds, ...window].join(' AND ')}${ofAmong(bindings)} GROUP BY profile_id) AS e
 INNER JOIN ${mapSql(bindings)} AS m ON m.profile_id = e.profile_id GROUP BY m.customer_id HAVING ${condition})`
  return nothingPasses(tree) ? `(NOT ${people(`NOT ${passes}`)})` : `(${people(passes)})`
}

/** At least once unless something is told. */
export function boundsOf({ least, most }: DidAsked): { least?: number; most?: number } {
  return { least: least ?? (most === undefined ? 1 : undefined), most }
}

function nothingPasses(node: Primitive): boolean {
  if (node.is === 'and') return node.of.every(nothingPasses)
  if (node.is === 'or') return node.of.some(nothingPasses)
  if (node.is === 'not') return !nothingPasses(node.of)
  if (node.is !== 'did') throw new Error(`${node.is} is no deed`)
  const { least, most } = boundsOf(node.asked)
  return (least ?? 0) <= 0 && (most ?? 0) >= 0
}
