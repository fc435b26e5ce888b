import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

const quick = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/**
 * Takes what a person did out of the batches on their way, so that nothing of it arrives after the columns have forgotten. A batch
 * keeps its token: one that had arrived already is dropped as before, and its rows are the columns' to forget.
 * @returns rows taken out
 */
export async function forgetWaiting(ctx: Context, { profileIds }: { profileIds: readonly number[] }): Promise<number> {
  const { rows } = await sql<{ id: number; body: Buffer }>`
    select id, body from behaviour_batches order by id for update`.execute(ctx.db)
  const gone = new Set(profileIds.map(String))
  let taken = 0
  for (const { id, body } of rows) {
    const lines = zstdDecompressSync(body).toString('utf8').split('\n')
    const left = lines.filter((line) => !gone.has(line.slice(0, line.indexOf('\t'))))
    if (left.length === lines.length) continue
    taken += lines.length - left.length
    await sql`
      update behaviour_batches set body = ${zstdCompressSync(left.join('\n'), quick)}, rows = ${left.length - 1} where id = ${id}`.execute(
      ctx.db,
    )
  }
  return taken
}
