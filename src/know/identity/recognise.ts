import { sql } from 'kysely'
import { fewIdentifiers } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { arrayText } from '#platform/postgres/array-text.ts'
import type { Bringer, Brought, Decision } from './decide.ts'
import { questionOf } from './evidence.ts'
import { type Incoming, type Person, peopleOf } from './incoming.ts'
import { meanwhile } from './meanwhile.ts'
import { placePeople } from './place-people.ts'
import { freshOf, saveNew } from './save-new.ts'
import { holdCustomers, writeLinks, writeProposals } from './settle.ts'
import { tiesOf, writeTies } from './tie-new.ts'
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
  const people = peopleOf(incoming)
  const isLarge = people.length > few
  const weighed = await weighHeld(ctx, identifiersOf(people), async (rules) => {
    const asking = () => questionOf(people.map(broughtOf), rules)
    const [seen, question] = await meanwhile(isLarge, knownOf(ctx, people), asking)
    return { seen, question, bringers: people.map((person, index) => bringerOf(person, seen[index])) }
  })
  const { decision, seen: known } = weighed
  const held = touchedNodes(decision, known, !isLarge).map((node) => weighed.survivors.get(node) ?? node)
  const [, fresh] = await meanwhile(isLarge, holdCustomers(ctx, held), () =>
    freshOf(people.filter((_, at) => !known[at])),
  )
  const { ids, own } = await saveNew(ctx, fresh)
  let next = 0
  const profileIds = known.map((one) => one?.id ?? ids[next++]!)
  const moved = new Set<number>()
  const joined = await writeLinks(
    ctx,
    decision,
    (by) => profileIds[by]!,
    people.every((person) => person.historic),
    moved,
  )
  const survivors = joined.size === 0 ? weighed.survivors : new Map([...weighed.survivors, ...joined])
  const stateOf = (index: number) =>
    own && !known[index] ? 'made' : (known[index]?.customerId ?? null) === null ? 'unplaced' : 'placed'
  const [{ homes, ...placed }, ties] = await meanwhile(
    isLarge,
    placePeople(ctx, people, { decision, profileIds, stateOf, survivors }),
    () => tiesOf(people, (index) => (own && !known[index] ? undefined : (known[index]?.keys ?? [])), profileIds),
  )
  await writeProposals(ctx, decision, (end) => ('node' in end ? end.node : (homes[end.bringer] ?? undefined)))
  const tied = await writeTies(ctx, ties, decision.shared)
  return { people, profileIds, ...placed, tied, moved }
}

/** Of many no more than it takes to know that they are. */
function identifiersOf(people: readonly Person[]): string[] {
  const all = new Set<string>()
  for (const { identifiers } of people) {
    for (const key of identifiers.keys()) all.add(key)
    if (all.size > fewIdentifiers) break
  }
  return [...all]
}

function broughtOf({ at, ref, identifiers }: Person): Brought {
  return { at, ref, keys: [...identifiers.keys()] }
}

function bringerOf(person: Person, known: Known | undefined): Bringer {
  return {
    ...broughtOf(person),
    isPerson: person.isPerson,
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
