import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { arrayText } from '#platform/postgres/array-text.ts'
import { type Person, personKey } from './incoming.ts'
import { takeIds } from './take-ids.ts'

/** Profiles to be made, as Postgres reads them; with ids, where they were taken before. */
export type Fresh = { people: readonly Person[]; sources: string; names: string; ids?: readonly number[] }

export function freshOf(people: readonly Person[]): Fresh {
  return {
    people,
    sources: arrayText(people.map((one) => one.sourceId)),
    names: arrayText(people.map((one) => one.externalId)),
  }
}

/** Fewer are made in one statement and read back; more are not read back. */
const few = 100

/** The same with ids, which many need to be made. */
export async function withIds(ctx: Context, fresh: Fresh): Promise<Fresh> {
  return fresh.people.length < few ? fresh : { ...fresh, ids: await takeIds(ctx, 'profiles', fresh.people.length) }
}

/**
 * Makes profiles; many under ids that are taken before, so that nothing is read back.
 * @returns their ids, and whether it is sure that this transaction made all of them: somebody else may make the same one at this moment, by a name alone
 */
export async function saveNew(ctx: Context, fresh: Fresh): Promise<{ ids: readonly number[]; own: boolean }> {
  const { people, sources, names } = fresh
  if (people.length === 0) return { ids: [], own: true }
  if (people.length < few) return { ids: await idsOf(ctx, { people, sources, names }), own: false }
  const ids = fresh.ids ?? (await takeIds(ctx, 'profiles', people.length))
  const { numAffectedRows } = await sql`
    insert into profiles (id, source_id, external_id, created_at) overriding system value
    select id, source_id, external_id, ${ctx.clock.now()}::timestamptz
      from unnest(${arrayText(ids)}::bigint[], ${sources}::int[], ${names}::text[]) as row(id, source_id, external_id)
        on conflict (source_id, external_id) do nothing`.execute(ctx.db)
  if (Number(numAffectedRows) === people.length) return { ids, own: true }
  return { ids: await idsOf(ctx, { people, sources, names }), own: false }
}

/** Then it is taken as it is. Not its name is written again: that would say that profiles were renamed (see recognition.ts). */
async function idsOf(ctx: Context, { people, sources, names }: Fresh): Promise<number[]> {
  const { rows } = await sql<{ id: number; sourceId: number; externalId: string }>`
    insert into profiles (source_id, external_id, created_at)
    select source_id, external_id, ${ctx.clock.now()}::timestamptz
      from unnest(${sources}::int[], ${names}::text[]) as row(source_id, external_id)
        on conflict (source_id, external_id) do update set created_at = profiles.created_at
    returning id, source_id, external_id`.execute(ctx.db)
  const found = new Map(rows.map(({ id, sourceId, externalId }) => [personKey(sourceId, externalId), id]))
  return people.map(({ sourceId, externalId }) => found.get(personKey(sourceId, externalId))!)
}
