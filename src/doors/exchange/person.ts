import { unlink } from 'node:fs/promises'
import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { byMarks, type OfPerson, type Person } from '#platform/person/index.ts'

/**
 * What files told of a person: unusable rows that quote them, samples of a dry run, what rests on which file; and the files that were
 * uploaded. A file that somebody keeps elsewhere and named on the command line is that person's to delete.
 */
export const exchangeOfPerson: OfPerson = {
  tables: [
    {
      table: 'import_problems',
      rows: byMarks(sql<string>`coalesce(value, '') || params::text`),
      forget: async (ctx, person) => {
        const { rows } = await sql`
          update import_problems set value = null, params = '{}'
           where ${byMarks(sql<string>`coalesce(value, '') || params::text`)(person)} returning 1 as one`.execute(
          ctx.db,
        )
        return rows.length
      },
    },
    {
      table: 'imports',
      rows: byMarks(
        sql<string>`coalesce(comparison::text, '') || coalesce(summary::text, '') || shape::text || file_name || path`,
      ),
      forget: forgetSamples,
      untold: 'samples that a dry run showed to staff: copies of what is told',
    },
    {
      table: 'import_evidence',
      rows: ({ profileIds }) => sql<boolean>`(entity = 'profiles' and row_id = any(${profileIds}::bigint[]))`,
      forget: 'delete',
    },
  ],
  nobodys: ['import_presets', 'import_marks'],
  forgetFiles,
}

/** What a comparison quotes, the sample of rows by which a file was looked at, and a file that was called by the person's name. */
async function forgetSamples(ctx: Context, { marks }: Person): Promise<number> {
  const { rows } = await sql`
    update imports
       set comparison = case when comparison is null then null else jsonb_set(comparison, '{samples}', '[]') end,
           shape = case when shape ? 'sample' then jsonb_set(shape, '{sample}', '[]') else shape end,
           file_name = case when ${named(sql`file_name`, marks)} then '***' else file_name end,
           version = version + 1
     where state not in ('running', 'undoing')
       and ${named(sql`coalesce(comparison::text, '') || shape::text || file_name`, marks)}
    returning 1 as one`.execute(ctx.db)
  return rows.length
}

function named(text: RawBuilder<unknown>, marks: readonly string[]): RawBuilder<boolean> {
  return byMarks(text as RawBuilder<string>)({ marks, customerIds: [], profileIds: [] })
}

/** Uploads that told of the person, and all that never came to their end: what is in them, nobody knows. */
async function forgetFiles(ctx: Context, { profileIds }: Person): Promise<number> {
  const { rows } = await sql<{ path: string }>`
    update imports set uploaded = false
     where uploaded and state not in ('running', 'undoing')
       and (id in (select import_id from import_evidence where entity = 'profiles' and row_id = any(${profileIds}::bigint[]))
            or id in (select e.import_id from import_evidence e join orders o on o.id = e.row_id
                       where e.entity = 'orders' and o.profile_id = any(${profileIds}::bigint[]))
            or state in ('waiting', 'compared', 'cancelled', 'failed'))
    returning path`.execute(ctx.db)
  for (const { path } of rows) await unlink(path).catch(() => undefined)
  return rows.length
}
