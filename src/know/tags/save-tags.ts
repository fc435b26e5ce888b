import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { tagGiven, tagTaken } from './facts.ts'
import { tagsNamed } from './keep-tags.ts'

// incoming_tags (profile_id bigint, names jsonb)

/**
 * Takes the tags that an import tells, from the temporary table `incoming_tags` of this transaction: a profile's list is all that its
 * source says, so what it said before and says no more is withdrawn. Tags that are not there yet are made. Set-wise.
 * @param ref of the import, as `import:3`
 */
export async function saveTags(ctx: Context, ref: string): Promise<void> {
  const { rows: named } = await sql<{ name: string }>`
    select distinct name from incoming_tags, jsonb_array_elements_text(names) as one(name) order by name`.execute(
    ctx.db,
  )
  if (named.length === 0) return
  const ids = await tagsNamed(
    ctx,
    named.map(({ name }) => name),
  )
  const known = JSON.stringify([...ids].map(([name, id]) => ({ name, id })))
  const now = ctx.clock.now()
  const { label } = ctx.actor
  await sql`
    with told as (
      select distinct i.profile_id, known.id as tag_id
        from incoming_tags i, jsonb_array_elements_text(i.names) as one(name)
        join jsonb_to_recordset(${known}::jsonb) as known(name text, id int) on known.name = one.name
    ),
    gone as (
      update profile_tags said set state = 'gone', ref = ${ref}, actor = ${label}, at = ${now}, xid = pg_current_xact_id()
       where said.profile_id in (select profile_id from incoming_tags) and said.origin = 'import' and said.state = 'yes'
         and not exists (select from told join tags own on own.id = said.tag_id
                          where told.profile_id = said.profile_id and told.tag_id = coalesce(own.merged_into, own.id))
      returning said.profile_id, said.tag_id
    ),
    given as (
      insert into profile_tags as said (profile_id, tag_id, origin, state, ref, actor, at)
      select profile_id, tag_id, 'import', 'yes', ${ref}, ${label}, ${now} from told order by profile_id, tag_id
          on conflict (profile_id, tag_id, origin) do update
             set state = 'yes', reason = null, until = null, ref = excluded.ref, actor = excluded.actor, at = excluded.at,
                 xid = pg_current_xact_id()
           where said.state <> 'yes'
      returning said.profile_id, said.tag_id
    )
    insert into facts (at, kind, profile_id, subject_id, actor, historic, data)
    select ${now}::timestamptz, ${tagGiven.kind}, profile_id, tag_id, ${label}, true, '{"origin": "import"}'::jsonb from given
    union all
    select ${now}::timestamptz, ${tagTaken.kind}, profile_id, tag_id, ${label}, true, '{"origin": "import", "override": false}'::jsonb from gone`.execute(
    ctx.db,
  )
}

/** Takes back what an import said of tags, of some profiles. */
export async function withdrawTags(ctx: Context, ref: string, profileIds: readonly number[]): Promise<void> {
  await sql`
    update profile_tags set state = 'gone', actor = ${ctx.actor.label}, at = ${ctx.clock.now()}, xid = pg_current_xact_id()
     where profile_id = any(${[...profileIds]}::bigint[]) and origin = 'import' and ref = ${ref} and state = 'yes'`.execute(
    ctx.db,
  )
}
