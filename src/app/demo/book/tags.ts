import { sql } from 'kysely'
import { tagsNamed } from '#know/tags/index.ts'
import type { Context } from '#platform/context.ts'
import { addDays } from '#platform/days.ts'
import { dayOf } from '../life/calendar.ts'
import { draw, happens } from '../life/chance.ts'
import { isDamaged } from '../life/visits.ts'
import { tellFacts } from './said.ts'
import { type Acquaintance, isLoyal, momentOf } from './whom.ts'
import { type TagName, tags } from './words.ts'

type Given = {
  of: Acquaintance
  tag: TagName
  origin: 'hand' | 'rule'
  state: 'yes' | 'no'
  reason?: string
  until?: string
}

/** Which tags somebody has: by hand, and one by a rule, which staff here and there took away again. */
export function* tagsFor(of: Acquaintance, now: number): Generator<Given> {
  const { chance, agent, purchases } = of
  const { habit, outlet } = agent
  const hand = (tag: TagName, reason?: string) => ({ of, tag, origin: 'hand', state: 'yes', reason }) as const
  if (purchases >= 6) {
    yield { of, tag: '老茶客', origin: 'rule', state: 'yes', reason: `买过 ${purchases} 次` }
    if (happens(chance, 0.03, 'word', 0, 20))
      yield { of, tag: '老茶客', origin: 'hand', state: 'no', reason: '代同事下单，本人不喝茶' }
  }
  if (habit === 'gifter' && purchases > 1 && happens(chance, 0.6, 'word', 0, 21)) yield hand('送礼')
  if (habit === 'house') yield hand('企业客户', '按月对账')
  if (habit === 'collector' && happens(chance, 0.7, 'word', 0, 22)) yield hand('藏家')
  if (!outlet.online && isLoyal(of) && happens(chance, 0.14, 'word', 0, 23))
    yield { ...hand('茶会嘉宾'), until: addDays(dayOf(now), Math.floor(draw(chance, 'word', 0, 24) * 300) - 40) }
  if (isDamaged(agent, 0) || isDamaged(agent, 1)) yield hand('包装要加固', '收到时有破损')
  if (isLoyal(of) && happens(chance, 0.05, 'word', 0, 25)) yield hand('帮忙转介绍')
}

/** @param profileOf the profile on which staff speak of somebody */
export async function giveTags(
  ctx: Context,
  given: readonly Given[],
  { profileOf, writerOf }: { profileOf(id: number): number; writerOf(of: Acquaintance): string },
): Promise<void> {
  const ids = await tagsNamed(
    ctx,
    tags.map(({ name }) => name),
  )
  await sql`
    update tags set colour = row.colour, note = row.note
      from jsonb_to_recordset(${JSON.stringify(tags)}::jsonb) as row(name text, colour text, note text) where tags.name = row.name`.execute(
    ctx.db,
  )
  const now = ctx.clock.now().getTime()
  const rows = given.map(({ of, tag, origin, state, reason, until }) => ({
    profile_id: profileOf(of.customerId),
    tag_id: ids.get(tag)!,
    ...{ origin, state, reason, until },
    ref: origin === 'rule' ? '一年买过六次' : null,
    actor: origin === 'rule' ? 'system' : writerOf(of),
    at: momentOf(of, now, 0.3 + 0.7 * draw(of.chance, 'word', 0, 26)).toISOString(),
  }))
  await sql`
    insert into profile_tags (profile_id, tag_id, origin, state, reason, until, ref, actor, at)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as row(profile_id bigint, tag_id int, origin text, state text, reason text, until date, ref text, actor text, at timestamptz)
     order by profile_id, tag_id`.execute(ctx.db)
  const told = rows.map(({ at, actor, profile_id, tag_id, origin, state }) => {
    const gone = state === 'no'
    const data = gone ? { origin, override: true } : { origin }
    return { at, actor, profile_id, subject_id: tag_id, kind: gone ? 'tags.taken' : 'tags.given', data }
  })
  await tellFacts(ctx, told)
}
