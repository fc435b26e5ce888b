import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { compileMembers, type ManyKept, rowsOf } from '#understand/query/index.ts'
import type { Basis } from './basis.ts'
import type { Why } from './contract.ts'
import { type Fence, pass } from './keeping.ts'
import { lendFlips, standingSql } from './lend-flips.ts'
import type { Membership } from './membership.ts'
import { type Change, writeChanges } from './write-changes.ts'

/** Segments counted by one statement, by their number and by the length of what they ask. */
const most = { segments: 120, letters: 80_000 }

/** Seconds of one statement: a hundred segments of a million customers on a busy machine. */
const longest = 600

/** Changes of one segment in one transaction, which lasts at most some seconds. */
const page = 10_000

export type Recount = { basis: Basis; before?: Membership }

/**
 * Counts segments as a whole, many by one statement. With a reason, who came in and who left is told; without, the bitmap is put in the
 * place of the one before, and nobody hears of it.
 * @param told why; `news`: a run of `touched` with those for whom alone it is news
 */
export async function recount(
  ctx: Context,
  fence: Fence,
  { many, wanted, told }: { many: ManyKept; wanted: readonly Recount[]; told?: { why: Why; news?: string } },
): Promise<void> {
  for (const some of portionsOf(many, wanted)) {
    const generation = await nextGeneration(ctx)
    const ids = some.map(({ basis }) => basis.id)
    await ctx.columns.command({
      ...asCommand(compileMembers(only(many, ids), generation)),
      clickhouse_settings: {
        ...{ distributed_product_mode: 'global', distributed_foreground_insert: 1 },
        max_execution_time: longest,
      },
    })
    const counted = { generation, day: many.lens.asOf }
    const loud = told ? some.filter(({ before }) => before) : []
    const silent = some.filter((one) => !loud.includes(one))
    await putInPlace(ctx, fence, silent, counted)
    if (told) await tellChanges(ctx, fence, loud, { ...counted, ...told })
  }
}

type Counted = { generation: number; day: string }

/** Without a word. */
function putInPlace(ctx: Context, fence: Fence, some: readonly Recount[], counted: Counted): Promise<void> {
  if (some.length === 0) return Promise.resolve()
  return inTransaction(ctx, async (ctx) => {
    const sizes = await sizesOf(ctx, some, counted.generation)
    await pass(ctx, fence)
    for (const { basis, before } of some) {
      // With the same question it was only the bitmap that was lost.
      await point(ctx, basis, sizes.get(basis.id) ?? 0, { ...counted, anew: before?.asked !== basis.asked })
    }
  })
}

/** What changed since, page by page; with the last the bitmap is put in its place. */
async function tellChanges(
  ctx: Context,
  fence: Fence,
  some: readonly Recount[],
  { generation, day, why, news }: Counted & { why: Why; news?: string },
): Promise<void> {
  if (some.length === 0) return
  const run = await lendFlips(
    ctx,
    some.map(({ basis }) => basis.id),
  )
  const sizes = await sizesOf(ctx, some, generation)
  const firsts = await pagesOf(ctx, some, { generation, run, news, after: 0 })
  for (const one of some) {
    const { basis } = one
    let next = firsts.get(basis.id)
    if (!next) {
      await putInPlace(ctx, fence, [one], { generation, day })
      continue
    }
    for (;;) {
      const changes = changesOf(basis.id, next)
      const last = changes.length < page
      await writeChanges(ctx, fence, changes, {
        ...{ why, day },
        after: last
          ? (ctx) => point(ctx, basis, sizes.get(basis.id) ?? 0, { generation, day, anew: false })
          : undefined,
      })
      if (last) break
      const after = Math.max(...changes.map(({ customerId }) => customerId)) + 1
      next = (await pagesOf(ctx, [one], { generation, run, news, after })).get(basis.id)
      if (!next) break
    }
  }
}

type Page = { entered: number[]; left: number[]; told: number[] | null }

/** Of each segment the next changes from a customer's number on. None of those whose bitmap is lost. */
async function pagesOf(
  ctx: Context,
  some: readonly Recount[],
  { generation, run, news, after }: { generation: number; run: string; news?: string; after: number },
): Promise<Map<number, Page>> {
  const before = some.map(({ before }) => before!)
  const ofNews = news
    ? 'bitmapToArray(bitmapAnd(some, (SELECT groupBitmapState(customer_id) FROM touched WHERE run = {news:String})))'
    : '[0]'
  const rows = await rowsOf<{ segmentId: number } & Page>(ctx, {
    sql: `
SELECT n.segment_id AS segmentId, bitmapSubsetLimit(bitmapXor(n.members, o.members), {after:UInt64}, ${page}) AS some,
       bitmapToArray(bitmapAnd(some, n.members)) AS entered, bitmapToArray(bitmapAndnot(some, n.members)) AS left, ${ofNews} AS told
  FROM (SELECT segment_id, groupBitmapMergeState(m.members) AS members FROM memberships AS m
         WHERE generation = {generation:UInt64} GROUP BY segment_id) AS n
 INNER JOIN (${standingSql(before, run)}) AS o ON o.segment_id = n.segment_id`,
    params: { after, generation, ...(news ? { news } : {}) },
  })
  return new Map(
    rows.map(({ segmentId, entered, left, told }) => [segmentId, { entered, left, told: news ? told : null }]),
  )
}

function changesOf(segmentId: number, { entered, left, told }: Page): Change[] {
  const news = told && new Set(told)
  const change = (entered: boolean) => (customerId: number) => ({
    ...{ segmentId, customerId, entered },
    told: news ? news.has(customerId) : true,
  })
  return [...entered.map(change(true)), ...left.map(change(false))]
}

/** From here on a bitmap is who is in, without flips. */
async function point(
  ctx: Context,
  { id, asked, dated, measured }: Basis,
  size: number,
  { generation, day, anew }: Counted & { anew: boolean },
): Promise<void> {
  const { rows } = await sql`
    insert into segment_memberships (segment_id, generation, asked, dated, measured, as_of, evaluated_at, size)
    select id, ${generation}, ${asked}, ${dated}, ${measured}, ${day}::date, ${ctx.clock.now()}, ${size} from segments where id = ${id} for key share
    on conflict (segment_id) do update
       set generation = excluded.generation, asked = excluded.asked, dated = excluded.dated, measured = excluded.measured,
           as_of = excluded.as_of, evaluated_at = excluded.evaluated_at, size = excluded.size
    returning segment_id`.execute(ctx.db)
  // Deleted meanwhile.
  if (rows.length === 0) return
  await sql`delete from segment_flips where segment_id = ${id}`.execute(ctx.db)
  await sql`
    insert into segment_sizes as kept (segment_id, day, size, anew) values (${id}, ${day}::date, ${size}, ${anew})
    on conflict (segment_id, day) do update set size = excluded.size, anew = kept.anew or excluded.anew`.execute(ctx.db)
}

async function sizesOf(ctx: Context, some: readonly Recount[], generation: number): Promise<Map<number, number>> {
  const rows = await rowsOf<{ segmentId: number; size: number }>(ctx, {
    sql: `SELECT segment_id AS segmentId, groupBitmapMerge(members) AS size FROM memberships
           WHERE generation = {generation:UInt64} AND has({ids:Array(UInt32)}, segment_id) GROUP BY segment_id`,
    params: { generation, ids: some.map(({ basis }) => basis.id) },
  })
  return new Map(rows.map(({ segmentId, size }) => [segmentId, size]))
}

/** Never given twice, also where a turn died: what it wrote stays unknown, and goes. */
async function nextGeneration(ctx: Context): Promise<number> {
  const { rows } = await sql<{ id: number }>`select nextval('membership_generations') as id`.execute(ctx.db)
  return rows[0]!.id
}

function portionsOf(many: ManyKept, wanted: readonly Recount[]): Recount[][] {
  const letters = new Map(many.ids.map((id, at) => [id, JSON.stringify(many.conditions[at]).length]))
  const portions: Recount[][] = []
  let room = 0
  for (const one of wanted) {
    const size = letters.get(one.basis.id) ?? 0
    const last = portions.at(-1)
    if (last && last.length < most.segments && room + size <= most.letters) {
      last.push(one)
      room += size
    } else {
      portions.push([one])
      room = size
    }
  }
  return portions
}

/** The same, of some segments alone. */
export function only(many: ManyKept, ids: readonly number[]): ManyKept {
  const at = ids.map((id) => many.ids.indexOf(id))
  return { ...many, ids, conditions: at.map((one) => many.conditions[one]!) }
}

const asCommand = ({ sql, params }: { sql: string; params: Record<string, unknown> }) => ({
  query: sql,
  query_params: params,
})
