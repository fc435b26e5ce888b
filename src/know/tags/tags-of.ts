import { sql } from 'kysely'
import { actorNames, seenProfiles, visibleCustomers } from '#know/customers/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { dayIn } from '#platform/days.ts'
import type { CustomerTag, TagColour, TagSaying } from './contract.ts'
import { holds, tagsHeld } from './tag.ts'

type Said = Omit<TagSaying, 'at' | 'actorName'> & {
  at: Date
  actor: string
  tagId: number
  name: string
  colour: TagColour
}

/** All that is said of a customer's tags. Those that hold stand first, by name. @throws Refusal `customers.unknown` */
export async function tagsOfCustomer(ctx: Context, id: number): Promise<CustomerTag[]> {
  const profileIds = await seenProfiles(ctx, id)
  const today = await todayOf(ctx)
  const { rows } = await sql<Said>`
    select tag.id as tag_id, tag.name, tag.colour, said.origin, said.state, said.reason, said.until, said.ref, said.actor, said.at
      from profile_tags said join tags given on given.id = said.tag_id
      join tags tag on tag.id = coalesce(given.merged_into, given.id)
     where said.profile_id = any(${profileIds}::bigint[]) and said.state <> 'gone'
     order by lower(tag.name), tag.id, (said.origin = 'hand') desc, said.at desc, said.profile_id desc`.execute(ctx.db)
  const names = await actorNames(
    ctx,
    rows.map(({ actor }) => actor),
  )
  const tags = new Map<number, CustomerTag>()
  for (const { tagId, name, colour, actor, at, ...said } of rows) {
    if (!tags.has(tagId)) tags.set(tagId, { tagId, name, colour, holds: false, sayings: [] })
    tags.get(tagId)!.sayings.push({ ...said, at: at.toISOString(), actorName: names.get(actor) ?? null })
  }
  const all = [...tags.values()].map((tag) => ({ ...tag, holds: holds(tag.sayings, today) }))
  return [...all.filter((tag) => tag.holds), ...all.filter((tag) => !tag.holds)]
}

export type HeldTags = { customerId: number; tagIds: number[] }

/** The tags that some customers have today; who has none, or is not the actor's, is left out. */
export async function tagsOfMany(ctx: Context, ids: readonly number[]): Promise<HeldTags[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ customerId: number; tagIds: string[] }>`
    select customers.id as customer_id, array_agg(held.tag_id order by held.tag_id) as tag_ids
      from (${tagsHeld(ids, await todayOf(ctx))}) as held join customers on customers.id = held.customer_id
     where ${visibleCustomers(ctx)} group by customers.id`.execute(ctx.db)
  return rows.map(({ customerId, tagIds }) => ({ customerId, tagIds: tagIds.map(Number) }))
}

async function todayOf(ctx: Context): Promise<string> {
  return dayIn((await merchantOf(ctx)).zone, ctx.clock.now())
}
