import { createHash } from 'node:crypto'
import type { Context } from '#platform/context.ts'
import type { Condition } from '#understand/query/contract.ts'
import {
  expand,
  type Many,
  type Measure,
  measuresOf,
  memberQuestion,
  rowsOf,
  type SegmentTree,
  segmentTrees,
} from '#understand/query/index.ts'
import { planMany } from '#understand/value/index.ts'

/**
 * By what a segment is evaluated, beside what is known of each customer, as three marks:
 * asked: the question with those it names in their place, and what its words mean here. Another one is another segment.
 * dated: the question with its days resolved. The same on two days: time alone changes nothing.
 * measured: what else of the shop it reads, and what moves without touching a customer: cuts, forecast, the catalog's categories.
 */
export type Basis = { id: number; asked: string; dated: string; measured: string }

/** All saved segments, ready to be asked together, each with its marks. */
export async function basesOf(ctx: Context): Promise<{ bases: Basis[]; many: Many }> {
  const trees = await segmentTrees(ctx)
  const known = new Map(trees.map((one) => [one.id, one]))
  // Who is picked by hand comes in and leaves like anybody else: it makes no other segment.
  const unpicked = new Map(trees.map((one) => [one.id, { ...one, picked: false }]))
  const live = trees.flatMap((one) => {
    const question = expanded(memberQuestion(one), one.id, known)
    const own = expanded(one.question, one.id, unpicked)
    return question && own ? [{ id: one.id, question, own: JSON.stringify(own) }] : []
  })
  const many = await planMany(
    ctx,
    live.map(({ question }) => question),
  )
  const { lens, yardstick, conditions } = many
  const needs = live.map(({ question }) => measuresOf(question))
  const texts = live.map(({ question }) => JSON.stringify(question))
  const foretold = texts.some(asksForecast) ? await forecastNow(ctx) : undefined
  const catalog = texts.some(asksCatalog) ? await catalogNow(ctx) : undefined
  const bases = live.map(({ id, own }, at) => ({
    id,
    asked: markOf([own, needs[at]!.has('thresholds') && yardstick.thresholds, yardstick.zone]),
    dated: markOf([conditions[at], lens.until]),
    measured: markOf([
      [...needs[at]!].filter((one) => !said.has(one)).map((one) => yardstick[one]),
      asksForecast(texts[at]!) && foretold,
      asksCatalog(texts[at]!) && catalog,
    ]),
  }))
  return { bases, many }
}

/** One that names what is not there any more is not kept. */
function expanded(question: Condition, id: number, trees: ReadonlyMap<number, SegmentTree>): Condition | undefined {
  try {
    return expand(question, trees, [id])
  } catch {
    return undefined
  }
}

/** Measures that people decide, and the calendar: they stand in the other marks. */
const said: ReadonlySet<Measure> = new Set(['thresholds', 'tags', 'zone'])

const asksForecast = (text: string) => text.includes('"is":"foretold')
const asksCatalog = (text: string) => /"(categor|brand)/.test(text)

async function forecastNow(ctx: Context): Promise<number> {
  const [row] = await rowsOf<{ id: number }>(ctx, { sql: 'SELECT max(id) AS id FROM forecasts', params: {} })
  return row?.id ?? 0
}

async function catalogNow(ctx: Context): Promise<string> {
  const [row] = await rowsOf<{ mark: string }>(ctx, {
    sql: "SELECT toString(groupBitXor(cityHash64(id, ifNull(category, ''), brand_id))) AS mark FROM products FINAL",
    params: {},
  })
  return row?.mark ?? ''
}

function markOf(of: unknown): string {
  return createHash('sha256').update(JSON.stringify(of)).digest('base64url').slice(0, 22)
}
