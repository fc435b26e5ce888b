import { sql } from 'kysely'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { dayIn } from '#platform/days.ts'
import { waysByKey } from './way.ts'

/** What a page or an event says of where its visitor came from. */
export type Touch = {
  profileId: number
  at: Date
  /** The host of the page before; never one of the shop's own. */
  referrer?: string
  campaign?: string
  /** The campaign's own words, as `utm_source`. */
  source?: string
  medium?: string
}

/** Hosts and words of campaigns, as beginnings or ends, and the way that they tell. The first that fits. */
const known: readonly [way: string, RegExp][] = [
  ['xiaohongshu', /(^|\.)(xiaohongshu\.com|xhslink\.com)$|^(xhs|xiaohongshu|rednote|小红书|小紅書)/],
  ['douyin', /(^|\.)(douyin\.com|iesdouyin\.com)$|^(douyin|抖音)/],
  ['wechat', /(^|\.)(weixin\.qq\.com|wechat\.com|weixin\.com)$|^(wechat|weixin|wx|微信)/],
  ['tmall', /(^|\.)(tmall\.com|taobao\.com|tb\.cn)$|^(tmall|taobao|天猫|淘宝|天貓|淘寶)/],
  ['tiktok', /(^|\.)tiktok\.com$|^tiktok/],
  ['instagram', /(^|\.)instagram\.com$|^(instagram|ig$)/],
  ['facebook', /(^|\.)(facebook\.com|fb\.com|fb\.me)$|^(facebook|fb$)/],
  ['youtube', /(^|\.)(youtube\.com|youtu\.be)$|^youtube/],
  ['email', /^(mail|webmail|outlook|mailchi)\.|^(e-?mail|newsletter|edm)/],
  [
    'search',
    /(^|\.)(google|bing|yahoo|duckduckgo|baidu|sogou|so|yandex|ecosia|naver|sm)\.[a-z.]{2,6}$|^(google|bing|baidu|百度|sogou)/,
  ],
]

/** The key of the way that a touch tells: the campaign's own word before the page that led here; `website` for a page of others. */
export function wayOfTouch({ referrer, source, medium }: Omit<Touch, 'profileId' | 'at'>): string | undefined {
  for (const told of [source, medium, referrer]) {
    const word = told?.trim().toLowerCase()
    const way = word && known.find(([, pattern]) => pattern.test(word))?.[0]
    if (way) return way
  }
  return referrer ? 'website' : undefined
}

/**
 * Keeps the first touch of each profile, set-wise, in the caller's transaction: the earliest that says something, in whatever order
 * touches come. A person that is known by several is told the earliest of them.
 */
export async function saveFirstTouches(ctx: Context, touches: readonly Touch[]): Promise<void> {
  const first = new Map<number, Touch>()
  for (const touch of touches) {
    if (!touch.referrer && !touch.campaign && !touch.source) continue
    const before = first.get(touch.profileId)
    if (!before || touch.at < before.at) first.set(touch.profileId, touch)
  }
  if (first.size === 0) return
  const [ways, { zone }] = [await waysByKey(ctx), await merchantOf(ctx)]
  const rows = [...first.values()].map((touch) => ({
    profile_id: touch.profileId,
    way_id: ways.get(wayOfTouch(touch) ?? '') ?? null,
    campaign: touch.campaign?.slice(0, 120) ?? null,
    referrer: touch.referrer?.slice(0, 253) ?? null,
    at: touch.at.toISOString(),
    on_day: dayIn(zone, touch.at),
  }))
  await sql`
    insert into arrivals as kept (profile_id, origin, way_id, campaign, referrer, at, on_day, actor, told_at)
    select profile_id, 'tracking', way_id, campaign, referrer, at, on_day, ${ctx.actor.label}, ${ctx.clock.now()}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row(profile_id bigint, way_id int, campaign text, referrer text, at timestamptz, on_day date)
     order by profile_id
        on conflict (profile_id) do update
           set way_id = excluded.way_id, campaign = excluded.campaign, referrer = excluded.referrer, at = excluded.at,
               on_day = excluded.on_day, told_at = excluded.told_at, xid = pg_current_xact_id()
         where kept.origin = 'tracking' and excluded.at < kept.at`.execute(ctx.db)
}
