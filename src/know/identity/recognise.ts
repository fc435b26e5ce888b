import { sql } from 'kysely'
import { fewIdentifiers } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { arrayText } from '#platform/postgres/array-text.ts'
import type { Bringer, Brought, Decision } from './decide.ts'
import { questionOf } from './evidence.ts'
import { type Incoming, type Person, peopleOf } from './incoming.ts'
import { meanwhile } from './meanwhile.ts'
import { placePeople, writeMap } from './place-people.ts'
import { freshOf, saveNew, withIds } from './save-new.ts'
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
  const weighed = await weighHeld(
    ctx,
    identifiersOf(people),
    async (rules) => {
      const [known, { brought, question }] = await meanwhile(isLarge, knownOf(ctx, people), () => {
        const brought = people.map(broughtOf)
        return { brought, question: questionOf(brought, rules) }
      })
      const fresh = await withIds(ctx, freshOf(people.filter((_, at) => !known[at])))
      return {
        seen: { known, fresh },
        question,
        bringers: people.map((person, index) => bringerOf(person, brought[index]!, known[index])),
      }
    },
    // Before customers are held: whoever holds one of them waits for no profile of a source.
    isLarge ? ({ fresh }) => saveNew(ctx, fresh) : undefined,
  )
  const { decision } = weighed
  const { known, fresh } = weighed.seen
  const held = touchedNodes(decision, known, !isLarge).map((node) => weighed.survivors.get(node) ?? node)
  await holdCustomers(ctx, held)
  const { ids, own } = weighed.written ?? (await saveNew(ctx, fresh))
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
  const { homes, entries, ...placed } = await placePeople(ctx, people, { decision, profileIds, stateOf, survivors })
  const heldBy = (index: number) => (own && !known[index] ? undefined : (known[index]?.keys ?? []))
  const [, ties] = await meanwhile(isLarge, writeMap(ctx, entries), () => tiesOf(people, heldBy, profileIds))
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

function bringerOf({ isPerson }: Person, { at, ref, keys }: Brought, known: Known | undefined): Bringer {
  return { at, ref, keys, isPerson, customerId: known?.customerId ?? undefined, homeId: known?.homeId ?? undefined }
}

/** Up to here all customers of a batch are held, changed or not; of more only those who get a profile. */
const few = 1_000

/** Nodes of customers who are written: those that get a profile; of a small batch all, as several may be under way. */
function touchedNodes({ places }: Decision, known: readonly (Known | undefined)[], all: boolean): number[] {
  return places.flatMap((place, index) =>
    place && 'homeId' in place && (all || (known[index]?.customerId ?? null) === null) ? [place.homeId] : [],
  )
}

/**
 * Along the index of names once for each source, then along the map and the identifiers: looked up one by one a hundred thousand
 * searches from the root took longer. A plan that reads all profiles would grow with the shop.
 */
async function knownOf(ctx: Context, people: readonly Person[]): Promise<(Known | undefined)[]> {
  const places = new Map<number, Map<string, number>>()
  for (const [place, { sourceId, externalId }] of people.entries()) {
    const named = places.get(sourceId)
    if (named) named.set(externalId, place)
    else places.set(sourceId, new Map([[externalId, place]]))
  }
  const names = [...places.values()].map((named) => arrayText([...named.keys()]))
  const { rows } = await sql<Known & { sourceId: number; externalId: string }>`
    with found as materialized (
      select named.*
        from unnest(${arrayText([...places.keys()])}::int[], ${arrayText(names)}::text[]) as asked(source_id, names)
        cross join lateral (
          select id, source_id, external_id from profiles
           where source_id = asked.source_id and external_id = any(asked.names::text[]) offset 0) as named
    ),
    map as materialized (
      select profile_id, customer_id, home_id from profile_customers where profile_id = any(array(select id from found))
    ),
    held as materialized (
      select profile_id, array_agg(concat_ws(' ', kind, scope, value)) as keys from identifiers
       where profile_id = any(array(select id from found)) group by profile_id
    )
    select found.*, map.customer_id, coalesce(map.home_id, map.customer_id) as home_id, coalesce(held.keys, '{}') as keys
      from found left join map on map.profile_id = found.id left join held on held.profile_id = found.id`.execute(
    ctx.db,
  )
  const known: (Known | undefined)[] = people.map(() => undefined)
  for (const row of rows) known[places.get(row.sourceId)!.get(row.externalId)!] = row
  return known
}
