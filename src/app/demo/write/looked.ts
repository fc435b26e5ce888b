import { sql } from 'kysely'
import { asBehaviour } from '#doors/ingest/index.ts'
import type { Touch } from '#know/arrivals/index.ts'
import type { Behaviour } from '#know/behaviour/index.ts'
import type { ReviewTold } from '#know/reviews/index.ts'
import type { Context } from '#platform/context.ts'
import type { Agent } from '../life/agent.ts'
import type { Deed } from '../life/deeds.ts'
import { merchant, type Outlet } from '../shop/houses.ts'
import type { Rows } from './copy-rows.ts'
import type { Known } from './known.ts'
import { browserOf, reviewOf, type Tracked, touchOf, trackedOf } from './tracked.ts'

/** Somebody signed in on a browser that was nobody's. */
type SignIn = { browser: number; person: number; scope: string; value: string; at: string }

type Of = { known: Known; agentOf(customer: number): Agent; profiles: Rows; identifiers: Rows; nextProfile(): number }

/** How many browsers of a batch the records do not know. */
export function newBrowsers(batch: readonly { what: string }[], known: Known): number {
  const found = new Set<number>()
  for (const one of batch as readonly Deed[]) {
    if (one.what === 'did' && one.unknown && !known.browserOf(one.customer)) found.add(one.customer)
  }
  return found.size
}

/**
 * What people did beside buying, as rows of behaviour, with the profiles of browsers that are seen for the first time: what the
 * tracking door makes of the same messages. Deeds alike are read once and remembered.
 */
export function lookedAt({ known, agentOf, profiles, identifiers, nextProfile }: Of) {
  const rows: Behaviour[] = []
  const signIns: SignIn[] = []
  const touches: Touch[] = []
  const reviews: ReviewTold[] = []

  /** The profile of somebody's browser; a new one is nobody's. */
  function browserProfile(agent: Agent, customer: number, at: Date): number {
    const before = known.browserOf(customer)
    if (before) return before
    const profile = nextProfile()
    const { source } = known.places[agent.outlet.letter]!
    const name = browserOf(agent.chance)
    known.setBrowser(customer, profile)
    profiles.add(`${profile}\t${source}\tanonymous:${name}\t${at.toISOString()}\n`)
    identifiers.add(`${profile}\tanonymous\t${agent.outlet.source.code}\t${name}\tsystem\t${at.toISOString()}\n`)
    return profile
  }

  return {
    rows,
    signIns,
    touches,
    reviews,
    add(deed: Deed): void {
      const agent = agentOf(deed.customer)
      const at = new Date(deed.at)
      const person = known.profileOf(deed.customer)
      if (deed.event === 'Signed In') {
        const browser = known.browserOf(deed.customer)
        const value = browserOf(agent.chance)
        signIns.push({ browser, person, scope: agent.outlet.source.code, value, at: at.toISOString() })
        return
      }
      const profileId = deed.unknown ? browserProfile(agent, deed.customer, at) : person
      if (!profileId) throw new Error('a deed of somebody who never came')
      rows.push(behaviourOf(deed, agent.outlet, known, profileId, at))
      const touch = touchOf(deed)
      if (touch) touches.push({ ...touch, profileId, at })
      const review = reviewOf(deed)
      const { source } = known.places[agent.outlet.letter]!
      if (review) {
        const { code, ...said } = review
        reviews.push({ ...said, profileId, sourceId: source, productId: known.products.get(code), at })
      }
    },
  }
}

type Pattern = Omit<Behaviour, 'profileId' | 'at' | 'receivedAt'>
const patterns = new WeakMap<Known, Map<string, Pattern>>()

function behaviourOf(deed: Deed, outlet: Outlet, known: Known, profileId: number, at: Date): Behaviour {
  const made = patterns.get(known) ?? new Map<string, Pattern>()
  patterns.set(known, made)
  const { event, good, count, words, stars } = deed
  // A checkout is like no other.
  const name = deed.lines || deed.of ? undefined : `${outlet.letter} ${event} ${good?.code} ${count} ${stars} ${words}`
  let pattern = name === undefined ? undefined : made.get(name)
  if (!pattern) {
    const { profileId: _, at: _at, receivedAt: _received, ...rest } = read(trackedOf(deed, outlet), outlet, known, at)
    pattern = { ...rest, productIds: rest.products?.map((code) => known.products.get(code) ?? 0) }
    // A good that has not come has no id yet.
    if (name !== undefined && !pattern.productIds?.includes(0)) made.set(name, pattern)
  }
  return { ...pattern, profileId, at, receivedAt: at }
}

function read(told: Tracked, { letter, source: { code } }: Outlet, known: Known, at: Date): Behaviour {
  const { source, shop } = known.places[letter]!
  const origin = { keyId: 0, sourceId: source, source: code, shopId: shop, orders: false }
  const behaviour = asBehaviour({ ...told }, { profileId: 0, at, origin, currency: merchant.currency })
  if (!behaviour) throw new Error(`the door would not take ${told.event}`)
  return behaviour
}

/** What browsers did before belongs to those who signed in on them. One statement. */
export async function signIn(ctx: Context, signIns: readonly SignIn[]): Promise<void> {
  if (signIns.length === 0) return
  await sql`
    with told as (
      select * from jsonb_to_recordset(${JSON.stringify(signIns)}::jsonb)
        as row(browser bigint, person bigint, scope text, value text, at timestamptz)
    ),
    tied as (
      insert into identifiers (profile_id, kind, scope, value, actor, at)
      select person, 'anonymous', scope, value, 'system', at from told
          on conflict (profile_id, kind, scope, value) do nothing
    )
    insert into profile_customers (profile_id, customer_id, home_id, since)
    select told.browser, map.customer_id, map.home_id, told.at
      from told join profile_customers map on map.profile_id = told.person
     where told.browser <> 0
        on conflict (profile_id) do nothing`.execute(ctx.db)
}
