import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { reviewSaid } from './facts.ts'

const most = 5_000

/**
 * Takes back the reviews that an import told, a part at a time: one that rests on it alone goes, with what was announced of it; one that
 * another import told too rests on that from now on; one that somebody told right or answered here stays.
 * @returns how many were looked at; 0: none is left
 */
export async function withdrawReviews(ctx: Context, importId: number): Promise<number> {
  const { rows } = await sql`
    with asked as (
      select id, profile_id, version = 1 and imports = array[${importId}]::bigint[] as goes from reviews
       where imports @> array[${importId}]::bigint[] order by id limit ${most} for update
    ),
    gone as (delete from reviews using asked where reviews.id = asked.id and asked.goes returning reviews.id),
    buried as (insert into tombstones (entity, row_id) select 'reviews', id from gone),
    kept as (
      update reviews set imports = nullif(array_remove(imports, ${importId}::bigint), '{}') from asked
       where reviews.id = asked.id and not asked.goes
    ),
    untold as (
      delete from facts using asked
       where asked.goes and facts.profile_id = asked.profile_id and facts.subject_id = asked.id and facts.kind = ${reviewSaid.kind}
         and facts.historic and facts.actor = ${`import:${importId}`}
    )
    select id from asked`.execute(ctx.db)
  return rows.length
}
