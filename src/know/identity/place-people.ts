import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { arrayText } from '#platform/postgres/array-text.ts'
import { byTime, type Decision } from './decide.ts'
import { partsOf } from './evidence.ts'
import { browserOf, type Person, personKey } from './incoming.ts'
import { meanwhile } from './meanwhile.ts'
import { takeIds } from './take-ids.ts'

type Placing = {
  decision: Decision
  profileIds: readonly number[]
  /** How it stands with a person's profile: made by this transaction, known without a customer, or placed. */
  stateOf: (index: number) => 'made' | 'unplaced' | 'placed'
  /** Of nodes that are not shown at themselves. */
  survivors: ReadonlyMap<number, number>
}

/**
 * Makes the customers that are new.
 * @returns by person: the node and the customer that it is shown at; and what the map is to say of it, for `writeMap`
 */
export async function placePeople(
  ctx: Context,
  people: readonly Person[],
  { decision, profileIds, stateOf, survivors }: Placing,
): Promise<{ homes: (number | null)[]; customers: (number | null)[]; leaders: number[]; entries: Entries }> {
  const leaders = decision.places.flatMap((place, index) =>
    place && 'leader' in place && place.leader === index ? [index] : [],
  )
  const many = leaders.length >= few
  const ids = many ? await takeIds(ctx, 'customers', leaders.length) : await newCustomers(ctx, leaders.length)
  const [, placed] = await meanwhile(many, many ? newCustomersAs(ctx, ids) : Promise.resolve(), () => {
    const customerOfLeader = new Map(leaders.map((leader, place) => [leader, ids[place]!]))
    const homes = decision.places.map((place): number | null => {
      if (!place) return null
      return 'homeId' in place ? place.homeId : customerOfLeader.get(place.leader)!
    })
    claimBrowsers(people, homes)
    const customers = homes.map((home) => (home === null ? null : (survivors.get(home) ?? home)))
    const placesOf = (state: 'made' | 'unplaced') =>
      people.flatMap((_, index): Place[] => {
        const [homeId, customerId] = [homes[index]!, customers[index]!]
        if (homes[index] === null || stateOf(index) !== state) return []
        return [{ profileId: profileIds[index]!, customerId, homeId: homeId === customerId ? null : homeId }]
      })
    return { homes, customers, entries: { made: asRows(placesOf('made')), unplaced: asRows(placesOf('unplaced')) } }
  })
  return { leaders, ...placed }
}

/** Entries of the map: of profiles that this transaction made, and of those that were there without a customer. */
type Entries = { made?: Rows; unplaced?: Rows }

export async function writeMap(ctx: Context, { made, unplaced }: Entries): Promise<void> {
  await map(ctx, made, 'made')
  await map(ctx, unplaced, 'unplaced')
}

/** The home where it is another node than the customer. */
type Place = { profileId: number; customerId: number; homeId: number | null }
type Rows = { profiles: string; customers: string; homes: string }

/** In the order of their profiles. */
function asRows(places: Place[]): Rows | undefined {
  if (places.length === 0) return undefined
  places.sort((one, other) => one.profileId - other.profileId)
  return {
    profiles: arrayText(places.map((one) => one.profileId)),
    customers: arrayText(places.map((one) => one.customerId)),
    homes: arrayText(places.map((one) => one.homeId)),
  }
}

/** A profile that this transaction made nobody else can have placed; to know that saves a fifth of the statement. */
async function map(ctx: Context, rows: Rows | undefined, state: 'made' | 'unplaced'): Promise<void> {
  if (!rows) return
  await sql`
    insert into profile_customers (profile_id, customer_id, home_id, since)
    select profile_id, customer_id, home_id, ${ctx.clock.now()}::timestamptz
      from unnest(${rows.profiles}::bigint[], ${rows.customers}::bigint[], ${rows.homes}::bigint[]) as row(profile_id, customer_id, home_id)
    ${state === 'made' ? sql`` : sql`on conflict (profile_id) do nothing`}`.execute(ctx.db)
}

/** Fewer are made in one statement and read back; of more the ids are taken before, and where they go is worked out meanwhile. */
const few = 100

async function newCustomers(ctx: Context, count: number): Promise<number[]> {
  if (count === 0) return []
  const { rows } = await sql<{ id: number }>`
    insert into customers (created_at) select ${ctx.clock.now()}::timestamptz from generate_series(1, ${count})
    returning id`.execute(ctx.db)
  return rows.map((row) => row.id).sort((a, b) => a - b)
}

async function newCustomersAs(ctx: Context, ids: readonly number[]): Promise<void> {
  await sql`
    insert into customers (id, created_at) overriding system value
    select id, ${ctx.clock.now()}::timestamptz from unnest(${arrayText(ids)}::bigint[]) as id`.execute(ctx.db)
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
