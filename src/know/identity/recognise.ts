import { sql } from 'kysely'
import { tieMany } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { arrayText } from '#platform/postgres/array-text.ts'
import { type Bringer, byTime, type Decision } from './decide.ts'
import { partsOf } from './evidence.ts'
import { browserOf, type Incoming, type Person, peopleOf, personKey } from './incoming.ts'
import { holdCustomers, writeLinks, writeProposals } from './settle.ts'
import { weighHeld } from './weigh-held.ts'

/** Whom a batch speaks of, by the place in `people`. */
export type Recognised = {
  people: readonly Person[]
  profileIds: readonly number[]
  /** Null: a browser that nobody signed in on. */
  customers: readonly (number | null)[]
  /** Who became a customer. */
  leaders: readonly number[]
  /** Profiles that got an identifier. */
  tied: ReadonlySet<number>
  /** Customers whose profiles moved: what is shown of them is to be chosen anew. */
  moved: ReadonlySet<number>
}

/** A profile that the records know: where it stands, and its identifiers. */
type Known = { id: number; customerId: number | null; homeId: number | null; keys: string[] }

/**
 * Who is who in a batch, written: new profiles and customers, whom each profile belongs to, what ties it, merges and proposals. What
 * they say of themselves is not; see `saveTold`.
 */
export async function recognise(ctx: Context, incoming: readonly Incoming[]): Promise<Recognised> {
  const people = [...peopleOf(incoming).values()]
  const identifiers = [...new Set(people.flatMap((person) => [...person.identifiers.keys()]))]
  const weighed = await weighHeld(ctx, identifiers, async () => {
    const seen = await knownOf(ctx, people)
    return { seen, bringers: people.map((person, index) => bringerOf(person, seen[index])) }
  })
  const { decision, seen: known } = weighed
  await holdCustomers(
    ctx,
    touchedNodes(decision, known, people.length <= few).map((node) => weighed.survivors.get(node) ?? node),
  )
  const profileIds = await saveNew(ctx, people, known)
  const moved = new Set<number>()
  const joined = await writeLinks(
    ctx,
    decision,
    (by) => profileIds[by]!,
    people.every((person) => person.historic),
    moved,
  )
  const survivors = joined.size === 0 ? weighed.survivors : new Map([...weighed.survivors, ...joined])
  const { homes, ...placed } = await placeAll(ctx, people, { known, decision, profileIds, survivors })
  await writeProposals(ctx, decision, (end) => ('node' in end ? end.node : (homes[end.bringer] ?? undefined)))
  const tied = await tieNew(ctx, people, { known, profileIds, shared: decision.shared })
  return { people, profileIds, ...placed, tied, moved }
}

function bringerOf({ at, ref, isPerson, identifiers }: Person, known: Known | undefined): Bringer {
  return {
    at,
    ref,
    isPerson,
    keys: [...identifiers.keys()],
    customerId: known?.customerId ?? undefined,
    homeId: known?.homeId ?? undefined,
  }
}

/** Up to here all customers of a batch are held, changed or not; of more only those who get a profile. */
const few = 1_000

/** Nodes of customers who are written: those that get a profile; of a small batch all, as several may be under way. */
function touchedNodes({ places }: Decision, known: readonly (Known | undefined)[], all: boolean): number[] {
  return places.flatMap((place, index) =>
    place && 'homeId' in place && (all || (known[index]?.customerId ?? null) === null) ? [place.homeId] : [],
  )
}

/** Looked up one by one in the order of the index, however few or many: a plan that reads all profiles grows with the shop. */
async function knownOf(ctx: Context, people: readonly Person[]): Promise<(Known | undefined)[]> {
  const { rows } = await sql<Known & { place: number }>`
    select asked.place, profiles.id, map.customer_id, coalesce(map.home_id, map.customer_id) as home_id,
           array(select concat_ws(' ', kind, scope, value) from identifiers where profile_id = profiles.id) as keys
      from (select * from unnest(${arrayText(people.map((one) => one.sourceId))}::int[], ${arrayText(people.map((one) => one.externalId))}::text[])
              with ordinality as row(source_id, external_id, place) order by source_id, external_id) as asked
      cross join lateral (
        select id from profiles where source_id = asked.source_id and external_id = asked.external_id offset 0) as profiles
      left join profile_customers as map on map.profile_id = profiles.id`.execute(ctx.db)
  const known: (Known | undefined)[] = people.map(() => undefined)
  for (const { place, ...row } of rows) known[place - 1] = row
  return known
}

/** Makes the profiles that are new. @returns the ids of all */
async function saveNew(
  ctx: Context,
  people: readonly Person[],
  known: readonly (Known | undefined)[],
): Promise<number[]> {
  const fresh = people.filter((_, index) => !known[index])
  const made = new Map<string, number>()
  if (fresh.length > 0) {
    // Somebody else may make the same profile at this moment, by a name alone; then it is taken as it is. Not its name is written
    // again: that would say that profiles were renamed (see recognition.ts).
    const { rows } = await sql<{ id: number; sourceId: number; externalId: string }>`
      insert into profiles (source_id, external_id, created_at)
      select source_id, external_id, ${ctx.clock.now()}::timestamptz
        from unnest(${arrayText(fresh.map((one) => one.sourceId))}::int[], ${arrayText(fresh.map((one) => one.externalId))}::text[])
          as row(source_id, external_id)
          on conflict (source_id, external_id) do update set created_at = profiles.created_at
      returning id, source_id, external_id`.execute(ctx.db)
    for (const { id, sourceId, externalId } of rows) made.set(personKey(sourceId, externalId), id)
  }
  return people.map((person, index) => known[index]?.id ?? made.get(personKey(person.sourceId, person.externalId))!)
}

type Placing = {
  known: readonly (Known | undefined)[]
  decision: Decision
  profileIds: readonly number[]
  /** Of nodes that are not shown at themselves. */
  survivors: ReadonlyMap<number, number>
}

/** Maps the profiles to customers, making those that are new. @returns by person: the node and the customer that it is shown at */
async function placeAll(
  ctx: Context,
  people: readonly Person[],
  { known, decision, profileIds, survivors }: Placing,
): Promise<{ homes: (number | null)[]; customers: (number | null)[]; leaders: number[] }> {
  const leaders = decision.places.flatMap((place, index) =>
    place && 'leader' in place && place.leader === index ? [index] : [],
  )
  const made = await newCustomers(ctx, leaders.length)
  const customerOfLeader = new Map(leaders.map((leader, place) => [leader, made[place]!]))
  const homes = decision.places.map((place): number | null => {
    if (!place) return null
    return 'homeId' in place ? place.homeId : customerOfLeader.get(place.leader)!
  })
  claimBrowsers(people, homes)
  const customers = homes.map((home) => (home === null ? null : (survivors.get(home) ?? home)))
  const fresh = people.flatMap((_, index) =>
    homes[index] !== null && (known[index]?.customerId ?? null) === null ? [index] : [],
  )
  if (fresh.length > 0) {
    await sql`
      insert into profile_customers (profile_id, customer_id, home_id, since)
      select profile_id, customer_id, nullif(home_id, customer_id), ${ctx.clock.now()}::timestamptz
        from unnest(${arrayText(fresh.map((index) => profileIds[index]!))}::bigint[],
                    ${arrayText(fresh.map((index) => customers[index]!))}::bigint[],
                    ${arrayText(fresh.map((index) => homes[index]!))}::bigint[]) as row(profile_id, customer_id, home_id)
       order by profile_id
          on conflict (profile_id) do nothing`.execute(ctx.db)
  }
  return { homes, customers, leaders }
}

async function newCustomers(ctx: Context, count: number): Promise<number[]> {
  if (count === 0) return []
  const { rows } = await sql<{ id: number }>`
    insert into customers (created_at) select ${ctx.clock.now()}::timestamptz from generate_series(1, ${count})
    returning id`.execute(ctx.db)
  return rows.map((row) => row.id).sort((a, b) => a - b)
}

/** A browser belongs to the first known person who signed in on it; a later one is another person on the same browser. */
function claimBrowsers(people: readonly Person[], homes: (number | null)[]): void {
  const signedIn = people.flatMap((person, index) =>
    person.isPerson && homes[index] !== null && [...person.identifiers.keys()].some(isBrowser)
      ? [{ ...person, keys: [], index }]
      : [],
  )
  if (signedIn.length === 0) return
  const places = new Map(people.map((person, index) => [personKey(person.sourceId, person.externalId), index]))
  for (const place of byTime(signedIn)) {
    const { sourceId, identifiers, index } = signedIn[place]!
    for (const key of identifiers.keys()) {
      if (!isBrowser(key)) continue
      const browser = places.get(personKey(sourceId, browserOf(partsOf(key).value)))
      if (browser !== undefined && homes[browser] === null) homes[browser] = homes[index]!
    }
  }
}

const isBrowser = (key: string) => key.startsWith('anonymous ')

type Tying = { known: readonly (Known | undefined)[]; profileIds: readonly number[]; shared: readonly string[] }

/** Ties identifiers to those who do not hold them yet. @returns the profiles that got one */
async function tieNew(
  ctx: Context,
  people: readonly Person[],
  { known, profileIds, shared }: Tying,
): Promise<ReadonlySet<number>> {
  const tied = people.flatMap(({ identifiers }, index) =>
    [...identifiers]
      .filter(([key]) => !known[index]?.keys.includes(key))
      .map(([key, raw]) => ({ profileId: profileIds[index]!, raw, ...partsOf(key) })),
  )
  if (tied.length === 0) return new Set()
  const rows = sql`
    select * from unnest(${arrayText(tied.map((one) => one.profileId))}::bigint[], ${arrayText(tied.map((one) => one.kind))}::text[],
      ${arrayText(tied.map((one) => one.scope))}::text[], ${arrayText(tied.map((one) => one.value))}::text[],
      ${arrayText(tied.map((one) => one.raw))}::text[])
      as row(profile_id, kind, scope, value, raw)`
  return new Set(await tieMany(ctx, rows, shared))
}
