import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { addDays, type Day } from '#platform/days.ts'
import { dayOf } from '../life/calendar.ts'
import { draw, itemAt, weighted } from '../life/chance.ts'
import type { DemoShop } from '../record.ts'
import { type Fact, tellFacts } from './said.ts'
import { type Acquaintance, isLoyal } from './whom.ts'

type Came = { of: Acquaintance; way: string; campaign?: string; sentBy?: number }

/** How people say that they came, when they join; by the kind of the outlet. */
const ways = {
  W: weighted([
    ['search', 30],
    ['xiaohongshu', 30],
    ['friend', 16],
    ['douyin', 12],
    ['website', 7],
    ['tmall', 5],
  ]),
  X: weighted([
    ['wechat', 44],
    ['friend', 22],
    ['xiaohongshu', 18],
    ['douyin', 9],
    ['exhibition', 7],
  ]),
  store: weighted([
    ['walk_in', 52],
    ['friend', 24],
    ['xiaohongshu', 11],
    ['exhibition', 8],
    ['partner', 5],
  ]),
} as const

/** What was run when, by month. */
const campaigns: Record<string, string> = {
  '03': '明前新茶',
  '04': '明前新茶',
  '06': '端午伴手礼',
  '09': '中秋礼遇',
  '10': '秋茶品鉴会',
  '11': '双十一',
  '12': '岁末茶礼',
  '01': '年货节',
}

const paid: ReadonlySet<string> = new Set(['xiaohongshu', 'douyin', 'wechat', 'search', 'exhibition'])

/**
 * Where people came from, by what they said when they joined; not everybody was asked. Of the friends who sent somebody some are known:
 * regulars of the same outlet.
 */
export function cameFor(people: readonly Acquaintance[]): Came[] {
  const loyal = new Map<string, Acquaintance[]>()
  return people.flatMap((of) => {
    const { chance, agent } = of
    const roll = (part: number) => draw(chance, 'source', 0, part)
    const { letter, online } = agent.outlet
    const friends = loyal.get(letter) ?? []
    if (isLoyal(of)) loyal.set(letter, [...friends.slice(-400), of])
    if (roll(0) > (online ? 0.8 : 0.62)) return []
    const way = itemAt<string>(online ? ways[letter as 'W' | 'X'] : ways.store, roll(1))
    const campaign = paid.has(way) && roll(2) < 0.55 ? campaigns[dayOf(of.joined).slice(5, 7)] : undefined
    const friend = way === 'friend' && roll(3) < 0.3 ? friends[Math.floor(roll(4) * friends.length)] : undefined
    return { of, way, campaign, sentBy: friend?.profileId }
  })
}

/** Writes them at the profiles of the outlets, where no page has told it before. Set-wise. */
export async function tellArrivals(ctx: Context, came: readonly Came[]): Promise<void> {
  const rows = came.map(({ of, way, campaign, sentBy }) => ({
    ...{ profile_id: of.profileId, way, campaign, sent_by: sentBy },
    ...{ at: new Date(of.joined).toISOString(), on_day: dayOf(of.joined) },
  }))
  const { rows: made } = await sql<{ profileId: number; wayId: number; at: Date; referred: boolean }>`
    insert into arrivals (profile_id, origin, way_id, campaign, referrer_profile_id, at, on_day, actor, told_at)
    select row.profile_id, 'import', ways.id, row.campaign, row.sent_by, row.at, row.on_day, 'system', row.at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row(profile_id bigint, way text, campaign text, sent_by bigint, at timestamptz, on_day date)
      join arrival_ways ways on ways.key = row.way
     order by row.profile_id
        on conflict (profile_id) do nothing
    returning profile_id, way_id, at, referrer_profile_id is not null as referred`.execute(ctx.db)
  await tellFacts(
    ctx,
    made.map(
      ({ profileId, wayId, at, referred }): Fact => ({
        ...{ at: at.toISOString(), actor: 'system', profile_id: profileId, subject_id: wayId },
        ...{ kind: 'arrivals.said', data: { origin: 'import', referred } },
      }),
    ),
  )
}

/** What each way cost in a month, for a shop of 20,000 customers: minor units, and the months in which nothing else is spent. */
const costs: Record<string, { usual: number; feast: number; only?: readonly string[] }> = {
  xiaohongshu: { usual: 620_000, feast: 1_480_000 },
  douyin: { usual: 380_000, feast: 960_000 },
  search: { usual: 450_000, feast: 720_000 },
  wechat: { usual: 260_000, feast: 540_000 },
  exhibition: { usual: 1_850_000, feast: 1_850_000, only: ['05', '10'] },
  partner: { usual: 90_000, feast: 90_000 },
}
const feasts: ReadonlySet<string> = new Set(['01', '04', '09', '11'])

/** What the shop spent on each way, month by month up to this one. */
export async function keepCosts(ctx: Context, { opened, customers, seed }: DemoShop, actor: string): Promise<void> {
  const today = dayOf(ctx.clock.now().getTime())
  const months: Day[] = []
  for (
    let day = `${opened.slice(0, 7)}-01`;
    day.slice(0, 7) <= today.slice(0, 7);
    day = `${addDays(day, 32).slice(0, 7)}-01`
  )
    months.push(day)
  const rows = months.flatMap((month, at) =>
    Object.entries(costs).flatMap(([way, { usual, feast, only }], place) => {
      const name = month.slice(5, 7)
      if (only && !only.includes(name)) return []
      const whim = 0.8 + 0.4 * draw({ seed, key: at }, 'source', place, 9)
      const amount = Math.round(((feasts.has(name) ? feast : usual) * whim * customers) / 20_000 / 1000) * 1000
      return amount > 0 ? { way, month, amount } : []
    }),
  )
  await sql`
    insert into arrival_costs (way_id, month, amount, actor, at)
    select ways.id, row.month, row.amount, ${actor}, least(row.month + interval '1 month 3 days', ${ctx.clock.now()}::timestamptz)
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(way text, month date, amount bigint)
      join arrival_ways ways on ways.key = row.way
        on conflict do nothing`.execute(ctx.db)
}
