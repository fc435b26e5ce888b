import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { addDays } from '#platform/days.ts'
import { dayOf } from '../life/calendar.ts'
import { draw, oneOf } from '../life/chance.ts'
import { type Fact, tellFacts } from './said.ts'
import { type Acquaintance, isLoyal, momentOf } from './whom.ts'
import { problems, promised, talks } from './words.ts'

type Promised = { kind: 'talk' | 'promise'; what: string | null; due: string }
type Talk = {
  of: Acquaintance
  at: Date
  kind: keyof typeof talks
  said: string
  problem: string | null
  promises: Promised[]
}

/** What was talked about with somebody: at most three times; what was promised the last time may be open still. */
export function talksFor(of: Acquaintance, now: number): Talk[] {
  const { chance, agent } = of
  const roll = (part: number, talk = 0) => draw(chance, 'word', 2 + talk, part)
  if (roll(0) >= (isLoyal(of) ? (agent.outlet.online ? 0.1 : 0.35) : 0.012)) return []
  const count = 1 + Math.floor(roll(1) ** 2 * 3)
  const times = Array.from({ length: count }, (_, talk) => momentOf(of, now, roll(2, talk))).sort((a, b) => +a - +b)
  return times.map((at, talk) => {
    const kind = agent.outlet.online
      ? roll(3, talk) < 0.7
        ? 'wechat'
        : 'call'
      : roll(3, talk) < 0.7
        ? 'visit'
        : 'wechat'
    const problem = roll(4, talk) < 0.14 ? oneOf(problems, chance, 'word', 2 + talk, 5) : null
    const isLast = talk === count - 1
    return {
      of,
      at,
      kind,
      said: oneOf(talks[kind], chance, 'word', 2 + talk, 6),
      problem,
      promises: isLast ? [...promisesFor(of, now)] : [],
    }
  })
}

/** Due a few days ago to some weeks ahead, so that Today has something to do. */
function* promisesFor({ chance }: Acquaintance, now: number): Generator<Promised> {
  const roll = (part: number) => draw(chance, 'word', 9, part)
  const day = (from: number, to: number, part: number) =>
    addDays(dayOf(now), from + Math.floor(roll(part) * (to - from + 1)))
  if (roll(0) < 0.16) yield { kind: 'promise', what: oneOf(promised, chance, 'word', 9, 1), due: day(-4, 24, 2) }
  if (roll(3) < 0.2) yield { kind: 'talk', what: null, due: day(-3, 40, 4) }
}

export async function tellTalks(
  ctx: Context,
  told: readonly Talk[],
  { profileOf, writerOf }: { profileOf(id: number): number; writerOf(of: Acquaintance): string },
): Promise<void> {
  const rows = told.map(({ of, at, kind, said, problem, promises }, place) => {
    const actor = writerOf(of)
    const staff = /^staff:(\d+)$/.exec(actor)?.[1] ?? null
    return {
      place,
      profile_id: profileOf(of.customerId),
      at: at.toISOString(),
      day: dayOf(+at),
      kind,
      said,
      problem,
      staff,
      actor,
      promises,
    }
  })
  const { rows: made } = await sql<{ id: number; place: number }>`
    with told as (
      select *, nextval(pg_get_serial_sequence('talks', 'id')) as id
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as row(place int, profile_id bigint, at timestamptz, day date, kind text, said text, problem text, staff bigint, actor text)
    ),
    kept as (
      insert into talks (id, profile_id, kind, at, day, said, problem, staff_id, actor) overriding system value
      select id, profile_id, kind, at, day, said, problem, staff, actor from told
    )
    select id, place from told`.execute(ctx.db)
  const idOf = new Map(made.map(({ id, place }) => [place, id]))
  const due = rows.flatMap(({ place, profile_id, at, staff, actor, promises }) =>
    promises.map((one) => ({ talk_id: idOf.get(place)!, profile_id, at, staff, actor, ...one })),
  )
  const { rows: open } = await sql<{ id: number; place: number }>`
    with told as (
      select *, nextval(pg_get_serial_sequence('promises', 'id')) as id
        from jsonb_to_recordset(${JSON.stringify(due.map((one, place) => ({ ...one, place })))}::jsonb)
          as row(place int, profile_id bigint, talk_id bigint, kind text, what text, due date, staff bigint, at timestamptz, actor text)
    ),
    kept as (
      insert into promises (id, profile_id, talk_id, kind, what, due_on, staff_id, made_at, actor) overriding system value
      select id, profile_id, talk_id, kind, what, due, staff, at, actor from told
    )
    select id, place from told`.execute(ctx.db)
  const facts: Fact[] = rows.map(({ place, at, actor, profile_id, kind, problem }) => ({
    ...{ at, actor, profile_id, kind: 'talks.logged', subject_id: idOf.get(place)! },
    data: { talk: kind, problem: problem !== null },
  }))
  for (const { id, place } of open) {
    const { at, actor, profile_id, kind, due: on } = due[place]!
    facts.push({ at, actor, profile_id, kind: 'talks.promised', subject_id: id, data: { promise: kind, due: on } })
  }
  await tellFacts(ctx, facts)
}
