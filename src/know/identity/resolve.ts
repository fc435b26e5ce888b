import { sql } from 'kysely'
import {
  customersAdded,
  customersChanged,
  type IdentifierKind,
  refresh,
  sayMany,
  tieMany,
} from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { announceAll } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { type Bringer, byTime, type Decision } from './decide.ts'
import { partsOf } from './evidence.ts'
import { browserOf, type Incoming, type Person, peopleOf, personKey } from './incoming.ts'
import { holdCustomers, writeLinks, writeProposals } from './settle.ts'
import { weighHeld } from './weigh-held.ts'

export type Resolved = { profileId: number; customerId: number | null }

/** A profile that the records know, and where it stands. */
type Known = { id: number; customerId: number | null; homeId: number | null }

/**
 * Recognises everybody in a batch and keeps what it says of them: profiles, identifiers, values, whom they belong to. Who is not
 * known becomes a customer; a browser without a person belongs to nobody (customerId null) until somebody signs in on it. The same
 * batch twice, or in another order, gives the same; a bounded number of statements, whatever its size. In the caller's transaction,
 * once, and before it locks rows of customers.
 */
export function resolve(ctx: Context, incoming: readonly Incoming[]): Promise<Map<string, Resolved>> {
  return inTransaction(ctx, async (ctx) => {
    if (incoming.length === 0) return new Map()
    const people = [...peopleOf(incoming).values()]
    const identifiers = [...new Set(people.flatMap((person) => [...person.identifiers.keys()]))]
    const { decision, seen: known } = await weighHeld(ctx, identifiers, async () => {
      const seen = await knownOf(ctx, people)
      return { seen, bringers: people.map((person, index) => bringerOf(person, seen[index])) }
    })
    await holdCustomers(ctx, touchedNodes(decision, known, people.length <= few))
    const profileIds = await saveNew(ctx, people, known)
    const survivors = await writeLinks(
      ctx,
      decision,
      (by) => profileIds[by]!,
      people.every((person) => person.historic),
    )
    const placed = await placeAll(ctx, people, { known, decision, profileIds, survivors })
    await writeProposals(ctx, decision, (end) => ('node' in end ? end.node : (placed.homes[end.bringer] ?? undefined)))
    await saveTold(ctx, people, { decision, profileIds, ...placed })
    return new Map(
      people.flatMap((person, index) =>
        person.refs.map((ref): [string, Resolved] => [
          ref,
          { profileId: profileIds[index]!, customerId: placed.customers[index] ?? null },
        ]),
      ),
    )
  })
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

async function knownOf(ctx: Context, people: readonly Person[]): Promise<(Known | undefined)[]> {
  const { rows } = await sql<Known & { place: number }>`
    select asked.place, profiles.id, map.customer_id, coalesce(map.home_id, map.customer_id) as home_id
      from unnest(${people.map((one) => one.sourceId)}::int[], ${people.map((one) => one.externalId)}::text[])
             with ordinality as asked(source_id, external_id, place)
      join profiles on profiles.source_id = asked.source_id and profiles.external_id = asked.external_id
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
        from unnest(${fresh.map((one) => one.sourceId)}::int[], ${fresh.map((one) => one.externalId)}::text[]) as row(source_id, external_id)
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
  survivors: ReadonlyMap<number, number>
}

/** Maps the profiles to customers, making those that are new. @returns by person: the node and the customer that it is shown at */
async function placeAll(
  ctx: Context,
  people: readonly Person[],
  { known, decision, profileIds, survivors }: Placing,
): Promise<{ homes: (number | null)[]; customers: (number | null)[]; leaders: number[] }> {
  const leaders = [
    ...new Set(
      decision.places.flatMap((place, index) => (place && 'leader' in place && place.leader === index ? [index] : [])),
    ),
  ]
  const made = await newCustomers(ctx, leaders.length)
  const customerOfLeader = new Map(leaders.map((leader, place) => [leader, made[place]!]))
  const homes = decision.places.map((place): number | null => {
    if (!place) return null
    return 'homeId' in place ? place.homeId : customerOfLeader.get(place.leader)!
  })
  claimBrowsers(people, homes)
  const shown = await shownAt(ctx, homes, known, survivors)
  const customers = homes.map((home) => (home === null ? null : (shown.get(home) ?? home)))
  const fresh = people.flatMap((_, index) =>
    homes[index] !== null && (known[index]?.customerId ?? null) === null ? [index] : [],
  )
  if (fresh.length > 0) {
    await sql`
      insert into profile_customers (profile_id, customer_id, home_id, since)
      select profile_id, customer_id, nullif(home_id, customer_id), ${ctx.clock.now()}::timestamptz
        from unnest(${fresh.map((index) => profileIds[index]!)}::bigint[], ${fresh.map((index) => customers[index]!)}::bigint[],
                    ${fresh.map((index) => homes[index]!)}::bigint[]) as row(profile_id, customer_id, home_id)
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
  const places = new Map(people.map((person, index) => [personKey(person.sourceId, person.externalId), index]))
  for (const index of byTime(people.map((one) => ({ ...one, keys: [] })))) {
    const { isPerson, sourceId, identifiers } = people[index]!
    if (!isPerson || homes[index] === null) continue
    for (const key of identifiers.keys()) {
      if (!key.startsWith('anonymous ')) continue
      const browser = places.get(personKey(sourceId, browserOf(partsOf(key).value)))
      if (browser !== undefined && homes[browser] === null) homes[browser] = homes[index]!
    }
  }
}

/** Where nodes are shown that are not shown at themselves. */
async function shownAt(
  ctx: Context,
  homes: readonly (number | null)[],
  known: readonly (Known | undefined)[],
  survivors: ReadonlyMap<number, number>,
): Promise<ReadonlyMap<number, number>> {
  const shown = new Map<number, number>()
  for (const one of known) if (one && one.homeId !== null) shown.set(one.homeId, one.customerId!)
  const asked = [...new Set(homes)].filter((home): home is number => home !== null && !shown.has(home))
  if (asked.length > 0) {
    const { rows } = await sql<{ id: number; survivor: number }>`
      select id, merged_into as survivor from customers
       where id = any(${asked}::bigint[]) and merged_into is not null`.execute(ctx.db)
    for (const { id, survivor } of rows) shown.set(id, survivor)
  }
  for (const [node, survivor] of survivors) shown.set(node, survivor)
  return shown
}

type Saving = {
  decision: Decision
  profileIds: readonly number[]
  customers: readonly (number | null)[]
  leaders: readonly number[]
}

/** Writes identifiers and values, chooses anew what is shown of whom they changed, and tells of it. */
async function saveTold(
  ctx: Context,
  people: readonly Person[],
  { decision, profileIds, customers, leaders }: Saving,
): Promise<void> {
  const tied = people.flatMap((person, index) =>
    [...person.identifiers].map(([key, raw]) => ({ profileId: profileIds[index]!, raw, ...partsOf(key) })),
  )
  const changed = new Map<number, Set<string>>()
  const note = (profileId: number, field?: string) => {
    const fields = changed.get(profileId) ?? new Set()
    if (field) fields.add(field)
    changed.set(profileId, fields)
  }
  if (tied.length > 0) {
    const rows = sql`
      select * from unnest(${tied.map((one) => one.profileId)}::bigint[], ${tied.map((one) => one.kind)}::text[],
        ${tied.map((one) => one.scope)}::text[], ${tied.map((one) => one.value)}::text[], ${tied.map((one) => one.raw)}::text[])
        as row(profile_id, kind, scope, value, raw)`
    for (const profileId of await tieMany(ctx, rows, decision.shared)) note(profileId)
  }
  const told = people.flatMap((person, index) =>
    [...person.told.values()].map((one) => ({ profile_id: profileIds[index]!, ...one })),
  )
  for (const origin of new Set(told.map((one) => one.origin))) {
    const theirs = told.filter((one) => one.origin === origin)
    const rows = sql`
      select * from jsonb_to_recordset(${JSON.stringify(theirs)}::jsonb)
        as row(profile_id bigint, field text, value jsonb, at timestamptz)`
    for (const { profileId, field } of await sayMany(ctx, rows, origin)) note(profileId, field)
  }
  const leading = new Set(leaders)
  const fieldsOf = (index: number) => ({ fields: [...(changed.get(profileIds[index]!) ?? [])].sort() })
  const mapped = people.map((_, index) => index).filter((index) => customers[index] !== null)
  const touched = mapped.filter((index) => leading.has(index) || changed.has(profileIds[index]!))
  await refresh(
    ctx,
    touched.map((index) => customers[index]!),
  )
  const tell = (index: number) => ({
    profileId: profileIds[index]!,
    subjectId: customers[index]!,
    historic: people[index]!.historic,
    data: fieldsOf(index),
  })
  await announceAll(ctx, customersAdded, touched.filter((index) => leading.has(index)).map(tell))
  await announceAll(
    ctx,
    customersChanged,
    touched.filter((index) => !leading.has(index) && (changed.get(profileIds[index]!)?.size ?? 0) > 0).map(tell),
  )
}

export type { IdentifierKind }
