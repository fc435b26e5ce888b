import { sql } from 'kysely'
import { lockIdentifiers, type Placement } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import type { Bringer, Decision, End } from './decide.ts'
import { holdCustomers, writeLinks, writeProposals } from './settle.ts'
import { weighHeld } from './weigh-held.ts'

type Row = {
  profileId: number
  isNew: boolean
  toldAt: Date | null
  customerId: number | null
  homeId: number | null
  keys: string[]
}

/**
 * Recognises the rows of an import's chunk (`incoming_customers`, see saveProfiles): whom new profiles belong to, and which customers
 * a new identifier makes one. One read where no row has an identifier that could tie; a name in its own source is none.
 */
export async function placeProfiles(ctx: Context, sourceId: number): Promise<Placement> {
  const asked = await rowsOf(ctx, sourceId)
  if (asked.length === 0) {
    // Who is changed by other fields must not be merged meanwhile.
    await lockIdentifiers(ctx, [])
    return { joined: [], followers: [], shared: [] }
  }
  const identifiers = asked.flatMap((row) => row.keys)
  const {
    decision,
    survivors,
    seen: rows,
  } = await weighHeld(ctx, identifiers, async () => {
    const seen = await rowsOf(ctx, sourceId)
    return { seen, bringers: seen.map(bringerOf) }
  })
  await holdCustomers(
    ctx,
    decision.places.flatMap((place, index) =>
      place && 'homeId' in place && rows[index]!.isNew ? [survivors.get(place.homeId) ?? place.homeId] : [],
    ),
  )
  const joined = await writeLinks(ctx, decision, (by) => rows[by]!.profileId, true)
  const shown = new Map([...survivors, ...joined])
  const placement: Placement = { joined: [], followers: [], shared: decision.shared }
  for (const [index, place] of decision.places.entries()) {
    const { profileId, isNew } = rows[index]!
    if (!isNew || !place) continue
    if ('homeId' in place) {
      placement.joined.push({ profileId, homeId: place.homeId, customerId: shown.get(place.homeId) ?? place.homeId })
    } else if (place.leader !== index) {
      placement.followers.push({ profileId, leaderId: rows[place.leader]!.profileId })
    }
  }
  if (decision.proposals.length > 0) placement.mapped = (ctx) => propose(ctx, rows, decision)
  return placement
}

async function rowsOf(ctx: Context, sourceId: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select i.profile_id, i.state = 'new' as is_new, i.told_at, map.customer_id,
           coalesce(map.home_id, map.customer_id) as home_id, array_agg(substr(key, 2) order by key) as keys
      from incoming_customers i
      cross join lateral jsonb_object_keys(i.doc) as key
      left join profile_customers map on map.profile_id = i.profile_id
     where i.state in ('new', 'changed') and key like '@%'
       and key <> '@buyer ' || (select code from sources where id = ${sourceId}) || ' ' || i.external_id
     group by i.profile_id, i.state, i.told_at, map.customer_id, map.home_id
     order by i.profile_id`.execute(ctx.db)
  return rows
}

function bringerOf({ profileId, toldAt, customerId, homeId, keys }: Row): Bringer {
  return {
    at: toldAt?.getTime() ?? 0,
    // Ids rise with the rows of the file.
    ref: String(profileId).padStart(20, '0'),
    isPerson: true,
    keys,
    customerId: customerId ?? undefined,
    homeId: homeId ?? undefined,
  }
}

/** The nodes of new profiles are known only when they are mapped. */
async function propose(ctx: Context, rows: readonly Row[], decision: Decision): Promise<void> {
  const wanted = decision.proposals
    .flatMap(({ one, other }) => [one, other])
    .flatMap((end) => ('bringer' in end ? [end.bringer] : []))
  const { rows: mapped } = await sql<{ profileId: number; homeId: number }>`
    select profile_id, coalesce(home_id, customer_id) as home_id from profile_customers
     where profile_id = any(${wanted.map((index) => rows[index]!.profileId)}::bigint[])`.execute(ctx.db)
  const homes = new Map(mapped.map((one) => [one.profileId, one.homeId]))
  await writeProposals(ctx, decision, (end: End) =>
    'node' in end ? end.node : homes.get(rows[end.bringer]!.profileId),
  )
}
