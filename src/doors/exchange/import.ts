import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { TableShape } from '#platform/files/index.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Comparison, ImportPhase, ImportState, ImportSummary } from './contract.ts'
import type { Preset } from './preset.ts'

/** How far each phase has got; it moves in the transaction of what it counts. */
export type Cursor = {
  /** Last row of the file that is staged; the whole file is. */
  row?: number
  staged?: boolean
  sorted?: boolean
  /** Last sequence number that is applied, by phase. */
  products?: number
  customers?: number
  steps?: number
  reviews?: number
} & { [lane in Lane as `orders:${lane}`]?: number }

/** Orders are written in two lanes side by side. */
export const lanes = [0, 1] as const
export type Lane = (typeof lanes)[number]

/** An import as Postgres has it. */
export type Import = {
  id: number
  fileName: string
  path: string
  uploaded: boolean
  fileSize: number
  fileHash: string
  shape: TableShape
  preset: Preset
  sourceId: number | null
  shopId: number | null
  state: ImportState
  goal: 'compared' | 'applied' | 'undone' | null
  phase: ImportPhase | null
  cursor: Cursor
  applies: boolean
  rowsRead: number
  rowsTotal: number | null
  phaseDone: number
  phaseTotal: number
  rate: number | null
  secondsLeft: number | null
  comparison: Comparison | null
  summary: ImportSummary | null
  failure: { code: string; params: Record<string, string | number> } | null
  cancelAsked: boolean
  actor: string
  createdAt: Date
  beganAt: Date | null
  endedAt: Date | null
  version: number
}

/** An import. @throws Refusal `exchange.unknown` */
export async function importOf(ctx: Context, id: number): Promise<Import> {
  const { rows } = await sql<Import>`select * from imports where id = ${id}`.execute(ctx.db)
  if (!rows[0]) throw new Refusal('not_found', 'exchange.unknown', { id })
  return rows[0]
}

/** The unlogged tables in which a running import keeps what it has read. */
export type Staging = Record<
  'lines' | 'heads' | 'goods' | 'people' | 'steps' | 'orders' | 'products' | 'persons' | 'way' | 'reviews' | 'verdicts',
  RawBuilder<unknown>
>

export function stagingOf(importId: number): Staging {
  const table = (name: string) => sql.raw(`staging.${name}_${importId}`)
  return {
    lines: table('lines'),
    heads: table('heads'),
    goods: table('goods'),
    people: table('people'),
    steps: table('steps'),
    orders: table('orders'),
    products: table('products'),
    persons: table('persons'),
    way: table('way'),
    reviews: table('reviews'),
    verdicts: table('verdicts'),
  }
}

/** Drops what an import keeps while it runs. */
export async function dropStaging(ctx: Context, importId: number): Promise<void> {
  for (const table of Object.values(stagingOf(importId))) await sql`drop table if exists ${table}`.execute(ctx.db)
  await sql`delete from import_marks where import_id = ${importId}`.execute(ctx.db)
}

/** Whether the staged rows still stand: a crash of Postgres empties unlogged tables, their mark too. */
export async function isStaged(ctx: Context, importId: number): Promise<boolean> {
  const { rows } = await sql<{ marked: boolean }>`
    select exists (select 1 from import_marks where import_id = ${importId}) as marked`.execute(ctx.db)
  return rows[0]?.marked ?? false
}
