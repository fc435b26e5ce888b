import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Tag } from './contract.ts'

/**
 * Whether sayings make that a person has a tag on a day. What a hand said last decides; without a hand, anybody else's yes does.
 * What has ended says nothing. The columns' counterpart is understand/query/record.ts, the records' set-wise one is below.
 */
export function holds(
  sayings: readonly { origin: string; state: string; until: string | null; at: string }[],
  today: string,
): boolean {
  const current = sayings.filter(({ until }) => until === null || until >= today)
  const byHand = current.filter(({ origin }) => origin === 'hand').sort((a, b) => (a.at < b.at ? 1 : -1))[0]
  return byHand ? byHand.state === 'yes' : current.some(({ state }) => state === 'yes')
}

/** The same as SQL: (customer_id, tag_id) of those who have a tag on a day, of the given customers. */
export function tagsHeld(customerIds: readonly number[], today: string): RawBuilder<unknown> {
  return sql`
    select map.customer_id, coalesce(tag.merged_into, tag.id) as tag_id
      from profile_customers map
      join profile_tags said on said.profile_id = map.profile_id join tags tag on tag.id = said.tag_id
     where map.customer_id = any(${[...customerIds]}::bigint[]) and said.state <> 'gone'
       and (said.until is null or said.until >= ${today}::date)
     group by 1, 2
    having coalesce((array_agg(said.state order by said.at desc, said.profile_id desc) filter (where said.origin = 'hand'))[1], 'yes') = 'yes'`
}

/** The shop's tags by name; one, where an id is given. Merged ones stand in what they were merged into. */
export async function tagsOf(ctx: Context, id?: number): Promise<Tag[]> {
  const { rows } = await sql<Tag>`
    select t.id, t.name, t.colour, t.note, t.version,
           coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name) order by m.name, m.id)
                       from tags m where m.merged_into = t.id), '[]') as merged
      from tags t where t.merged_into is null ${id === undefined ? sql`` : sql`and t.id = ${id}`}
     order by lower(t.name), t.id`.execute(ctx.db)
  return rows
}

/** @throws Refusal `tags.unknown` */
export async function tagOf(ctx: Context, id: number): Promise<Tag> {
  const [tag] = await tagsOf(ctx, id)
  if (!tag) throw new Refusal('not_found', 'tags.unknown')
  return tag
}

/** Each tag with those merged into it, by id, for questions over everybody. */
export async function tagFamilies(ctx: Context): Promise<Map<number, number[]>> {
  const tags = await tagsOf(ctx)
  return new Map(tags.map(({ id, merged }) => [id, [id, ...merged.map((one) => one.id)]]))
}
