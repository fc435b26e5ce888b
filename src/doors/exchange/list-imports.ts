import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { keyNames } from '#know/keys/index.ts'
import { staffNames } from '#know/staff/index.ts'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import type { ImportRow, OneImport } from './contract.ts'
import { shownComparison } from './file-sight.ts'
import { type Import, importOf } from './import.ts'
import { progressOf } from './progress.ts'

type Listed = Import & { problems: number }

const columns: RawBuilder<unknown> = sql`
  imports.*, (select count(*) from import_problems where import_id = imports.id) as problems`

/** Imports, newest first. */
export async function listImports(
  ctx: Context,
  { limit, after }: { limit: number; after?: string },
): Promise<{ items: ImportRow[]; next?: string }> {
  const below = after ? readCursor(z.tuple([z.number()]), after)[0] : null
  const { rows } = await sql<Listed>`
    select ${columns} from imports where ${below}::bigint is null or id < ${below} order by id desc limit ${limit + 1}`.execute(
    ctx.db,
  )
  const page = rows.slice(0, limit)
  const names = await namesOf(ctx)
  return {
    items: page.map((row) => rowOf(ctx, row, names)),
    next: rows.length > limit ? cursorOf(page.at(-1)!.id) : undefined,
  }
}

/** One import. @throws Refusal `exchange.unknown` */
export async function getImport(ctx: Context, id: number): Promise<OneImport> {
  await importOf(ctx, id)
  const { rows } = await sql<Listed>`select ${columns} from imports where id = ${id}`.execute(ctx.db)
  const one = rows[0]!
  const { rows: same } = await sql<{ id: number; endedAt: Date | null }>`
    select id, ended_at from imports where file_hash = ${one.fileHash} and id < ${id} and applies
     order by id desc limit 1`.execute(ctx.db)
  return {
    ...rowOf(ctx, one, await namesOf(ctx)),
    preset: one.preset,
    comparison: shownComparison(ctx, one.comparison),
    sameFileAs: same[0] ? { id: same[0].id, endedAt: same[0].endedAt?.toISOString() ?? null } : null,
  }
}

/** Names behind labels like `staff:12` and `key:3`. */
async function namesOf(ctx: Context): Promise<Map<string, string>> {
  const people = (await staffNames(ctx)).map(({ id, name }) => [`staff:${id}`, name] as const)
  const programs = (await keyNames(ctx)).map(({ id, name }) => [`key:${id}`, name] as const)
  return new Map([...people, ...programs])
}

function rowOf(ctx: Context, one: Listed, names: Map<string, string>): ImportRow {
  const locale = ctx.actor.locale as Locale
  return {
    id: one.id,
    fileName: one.fileName,
    fileSize: one.fileSize,
    state: one.state,
    goal: one.goal,
    progress: progressOf(one),
    presetName: one.preset.name,
    problems: one.problems,
    summary: one.summary,
    failure: one.failure && { code: one.failure.code, text: say(locale, one.failure.code, one.failure.params) },
    applies: one.applies,
    createdAt: one.createdAt.toISOString(),
    beganAt: one.beganAt?.toISOString() ?? null,
    endedAt: one.endedAt?.toISOString() ?? null,
    actor: names.get(one.actor) ?? one.actor,
    version: one.version,
  }
}
