import type { Context } from '#platform/context.ts'
import { bindings, type Lens, newSql, rowsOf, sourceOf, stageSql } from '#understand/query/index.ts'
import type { Distribution, Move, Stage, Thresholds } from './contract.ts'

/** A distribution in which nobody stands. */
export function emptyDistribution(): Distribution {
  return { active: 0, silent: 0, sleeping: 0, lost: 0, never: 0, new: 0 }
}

/** How many customers stand in each stage, seen through a lens: one reading of the traits. */
export async function distributionOf(ctx: Context, lens: Lens, thresholds: Thresholds): Promise<Distribution> {
  const bound = bindings()
  const source = sourceOf(lens, bound)
  const { asOf } = lens
  const rows = await rowsOf<{ stage: Stage; customers: number; fresh: number }>(ctx, {
    sql: `SELECT ${stageSql({ asOf, thresholds }, bound)} AS stage, count() AS customers, countIf(${newSql({ asOf, thresholds }, bound)}) AS fresh
FROM ${source} GROUP BY stage`,
    params: bound.params,
  })
  const found = emptyDistribution()
  for (const { stage, customers, fresh } of rows) {
    found[stage] = customers
    found.new += fresh
  }
  return found
}

/** How many would move, and how many would stand where, if other thresholds held. */
export async function compareThresholds(
  ctx: Context,
  lens: Lens,
  now: Thresholds,
  then: Thresholds,
): Promise<{ before: Distribution; after: Distribution; moves: Move[] }> {
  const bound = bindings()
  const source = sourceOf(lens, bound)
  const { asOf } = lens
  const rows = await rowsOf<{ from: Stage; to: Stage; customers: number; newNow: number; newThen: number }>(ctx, {
    sql: `SELECT ${stageSql({ asOf, thresholds: now }, bound)} AS from, ${stageSql({ asOf, thresholds: then }, bound)} AS to, count() AS customers,
       countIf(${newSql({ asOf, thresholds: now }, bound)}) AS newNow, countIf(${newSql({ asOf, thresholds: then }, bound)}) AS newThen
FROM ${source} GROUP BY from, to ORDER BY customers DESC`,
    params: bound.params,
  })
  const before = emptyDistribution()
  const after = emptyDistribution()
  for (const { from, to, customers, newNow, newThen } of rows) {
    before[from] += customers
    after[to] += customers
    before.new += newNow
    after.new += newThen
  }
  const moves = rows.filter(({ from, to }) => from !== to).map(({ from, to, customers }) => ({ from, to, customers }))
  return { before, after, moves }
}
