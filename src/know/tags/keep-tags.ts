import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction, lockFor } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { type Tag, type TagColour, tagColours } from './contract.ts'
import { tagChanged, tagMade, tagMerged, tagRemoved, tagTakenOut } from './facts.ts'
import { tagOf } from './tag.ts'

/** Who names, renames, merges and deletes tags takes turns: these are few acts, and a name means one tag. */
const turn = (ctx: Context) => lockFor(ctx, 'tags')

/** Makes a tag; its colour is the least used unless told. @throws Refusal `tags.taken_name` */
export function addTag(
  ctx: Context,
  { name, colour, note }: { name: string; colour?: TagColour; note?: string },
): Promise<Tag> {
  return inTransaction(ctx, async (ctx) => {
    await turn(ctx)
    await refuseTaken(ctx, name)
    return tagOf(ctx, (await makeTags(ctx, [name], { colour, note })).get(name)!)
  })
}

/** The tags of these names, made where there is none; for imports, which take turns by themselves. @returns ids by name as given */
export async function tagsNamed(ctx: Context, names: readonly string[]): Promise<Map<string, number>> {
  if (names.length === 0) return new Map()
  await turn(ctx)
  const { rows } = await sql<{ name: string; id: number }>`
    select wanted.name, coalesce(t.merged_into, t.id) as id
      from unnest(${[...names]}::text[]) as wanted(name) join tags t on lower(t.name) = lower(wanted.name)
     order by t.merged_into nulls first`.execute(ctx.db)
  const known = new Map<string, number>()
  for (const { name, id } of rows) if (!known.has(name)) known.set(name, id)
  const made = new Map<string, string>()
  for (const name of names) if (!known.has(name) && !made.has(name.toLowerCase())) made.set(name.toLowerCase(), name)
  const ids = await makeTags(ctx, [...made.values()], {})
  for (const name of names) if (!known.has(name)) known.set(name, ids.get(made.get(name.toLowerCase())!)!)
  return known
}

async function makeTags(
  ctx: Context,
  names: readonly string[],
  { colour, note }: { colour?: TagColour; note?: string },
): Promise<Map<string, number>> {
  const ids = new Map<string, number>()
  for (const name of names) {
    const { rows } = await sql<{ id: number }>`
      insert into tags (name, colour, note, made_at, actor)
      values (${name}, coalesce(${colour ?? null}, (select one from unnest(${[...tagColours].slice(1)}::text[]) with ordinality as of(one, place)
               order by (select count(*) from tags where tags.colour = one), place limit 1)),
              ${note ?? null}, ${ctx.clock.now()}, ${ctx.actor.label})
      returning id`.execute(ctx.db)
    ids.set(name, rows[0]!.id)
    await announce(ctx, tagMade, { subjectId: rows[0]!.id, data: {} })
  }
  return ids
}

/** @throws Refusal `tags.unknown`, `http.stale`, `tags.taken_name` */
export function editTag(
  ctx: Context,
  version: number,
  { id, ...change }: { id: number; name?: string; colour?: TagColour; note?: string | null },
): Promise<Tag> {
  return inTransaction(ctx, async (ctx) => {
    await turn(ctx)
    if ((await tagOf(ctx, id)).version !== version) throw new Refusal('stale', 'http.stale')
    if (change.name !== undefined) await refuseTaken(ctx, change.name, id)
    await sql`
      update tags set name = coalesce(${change.name ?? null}, name), colour = coalesce(${change.colour ?? null}, colour),
             note = ${change.note === undefined ? sql`note` : change.note}, version = version + 1 where id = ${id}`.execute(
      ctx.db,
    )
    await announce(ctx, tagChanged, { subjectId: id, data: { fields: Object.keys(change) } })
    return tagOf(ctx, id)
  })
}

/** @throws Refusal `tags.unknown`, `tags.in_use` with how many use it */
export function removeTag(ctx: Context, id: number): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await turn(ctx)
    const { merged } = await tagOf(ctx, id)
    // Counting stops at 1,000: more is said as that. Whoever gives the tag at this moment waits for its row, then finds none.
    await sql`select from tags where id = ${id} for update`.execute(ctx.db)
    const { rows } = await sql<{ people: number }>`
      select count(distinct profile_id) as people
        from (select profile_id from profile_tags where tag_id = ${id} and state <> 'gone' limit 1000) as used`.execute(
      ctx.db,
    )
    const { people } = rows[0]!
    if (people > 0 || merged.length > 0) {
      throw new Refusal('conflict', 'tags.in_use', { people, tags: merged.length })
    }
    await sql`delete from profile_tags where tag_id = ${id}`.execute(ctx.db)
    await sql`delete from tags where id = ${id}`.execute(ctx.db)
    await announce(ctx, tagRemoved, { subjectId: id, data: {} })
  })
}

/**
 * Lets a tag stand for another one too. Nobody's rows change, whatever their number: the other names this one from now on, and its
 * own merged ones follow it.
 * @throws Refusal `tags.unknown`, `tags.itself`
 */
export function mergeTags(ctx: Context, { id, otherId }: { id: number; otherId: number }): Promise<Tag> {
  if (id === otherId) throw new Refusal('invalid', 'tags.itself')
  return inTransaction(ctx, async (ctx) => {
    await turn(ctx)
    await tagOf(ctx, id)
    await tagOf(ctx, otherId)
    await sql`
      update tags set merged_into = ${id}, version = version + 1 where id = ${otherId} or merged_into = ${otherId}`.execute(
      ctx.db,
    )
    await announce(ctx, tagMerged, { subjectId: id, data: { other: otherId } })
    return tagOf(ctx, id)
  })
}

/** Takes back a merge; a name that was taken meanwhile gets a number. @throws Refusal `tags.unknown` */
export function takeOutTag(ctx: Context, { id, otherId }: { id: number; otherId: number }): Promise<Tag> {
  return inTransaction(ctx, async (ctx) => {
    await turn(ctx)
    const { rows } = await sql`
      update tags as other set merged_into = null, version = other.version + 1,
             name = case when exists (select from tags t where t.merged_into is null and lower(t.name) = lower(other.name))
                         then other.name || ' ' || other.id else other.name end
       where other.id = ${otherId} and other.merged_into = ${id} returning 1`.execute(ctx.db)
    if (rows.length === 0) throw new Refusal('not_found', 'tags.unknown')
    await announce(ctx, tagTakenOut, { subjectId: id, data: { other: otherId } })
    return tagOf(ctx, id)
  })
}

async function refuseTaken(ctx: Context, name: string, but = 0): Promise<void> {
  const { rows } = await sql`
    select from tags where merged_into is null and lower(name) = lower(${name}) and id <> ${but}`.execute(ctx.db)
  if (rows.length > 0) throw new Refusal('conflict', 'tags.taken_name')
}
