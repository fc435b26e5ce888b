import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { arrayText } from '#platform/postgres/array-text.ts'
import { byTime, type Decision } from './decide.ts'
import { partsOf } from './evidence.ts'
import { browserOf, type Person, personKey } from './incoming.ts'

type Placing = {
  decision: Decision
  profileIds: readonly number[]
  /** How it stands with a person's profile: made by this transaction, known without a customer, or placed. */
  stateOf: (index: number) => 'made' | 'unplaced' | 'placed'
  /** Of nodes that are not shown at themselves. */
  survivors: ReadonlyMap<number, number>
}

/** Maps profiles to customers, making those that are new. @returns by person: the node and the customer that it is shown at */
export async function placePeople(
  ctx: Context,
  people: readonly Person[],
  { decision, profileIds, stateOf, survivors }: Placing,
): Promise<{ homes: (number | null)[]; customers: (number | null)[]; leaders: number[] }> {
  const leaders = decision.places.flatMap((place, index) =>
    place && 'leader' in place && place.leader === index ? [index] : [],
  )
  const made = await newCustomers(ctx, leaders.length)
  const customerOfLeader = new Map<number, number>()
  for (const [place, leader] of leaders.entries()) customerOfLeader.set(leader, made[place]!)
  const homes = decision.places.map((place): number | null => {
    if (!place) return null
    return 'homeId' in place ? place.homeId : customerOfLeader.get(place.leader)!
  })
  claimBrowsers(people, homes)
  const customers = homes.map((home) => (home === null ? null : (survivors.get(home) ?? home)))
  const placeOf = (index: number): Place => ({
    profileId: profileIds[index]!,
    customerId: customers[index]!,
    homeId: homes[index]!,
  })
  const wanted = (state: 'made' | 'unplaced') =>
    people.flatMap((_, index) => (homes[index] !== null && stateOf(index) === state ? [placeOf(index)] : []))
  await map(ctx, wanted('made'), 'made')
  await map(ctx, wanted('unplaced'), 'unplaced')
  return { homes, customers, leaders }
}

type Place = { profileId: number; customerId: number; homeId: number }

/** A profile that this transaction made nobody else can have placed; to know that saves a fifth of the statement. */
async function map(ctx: Context, places: readonly Place[], state: 'made' | 'unplaced'): Promise<void> {
  if (places.length === 0) return
  await sql`
    insert into profile_customers (profile_id, customer_id, home_id, since)
    select profile_id, customer_id, nullif(home_id, customer_id), ${ctx.clock.now()}::timestamptz
      from unnest(${arrayText(places.map((one) => one.profileId))}::bigint[],
                  ${arrayText(places.map((one) => one.customerId))}::bigint[],
                  ${arrayText(places.map((one) => one.homeId))}::bigint[]) as row(profile_id, customer_id, home_id)
     order by profile_id
    ${state === 'made' ? sql`` : sql`on conflict (profile_id) do nothing`}`.execute(ctx.db)
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
