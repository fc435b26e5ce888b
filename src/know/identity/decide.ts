import { unionFind } from './groups.ts'
import { mostProposed, type Rules } from './rules.ts'

/** Somebody as a batch brings them: a profile, known or new, with its identifiers (`kind scope value`) in compare form. */
export type Bringer = {
  /** The earliest decides where order matters (who signed in first); then `ref`. */
  at: number
  ref: string
  keys: readonly string[]
  /** Of a known profile: the customer it stands at, and its node there. */
  customerId?: number
  homeId?: number
  /** Enough is known to make a customer of: more than a browser's id. */
  isPerson: boolean
}

/** Whom the records know by an identifier. */
export type Holder = { customerId: number; homeId: number }
export type Held = { holders: readonly Holder[]; shared: boolean }

/** What the records say of the customers that the batch's identifiers point to. */
export type Evidence = {
  held: ReadonlyMap<string, Held>
  /** Identifiers of exclusive kinds of each customer. */
  exclusives: ReadonlyMap<number, readonly string[]>
  /** Pairs of customers that are not the same. */
  cuts: readonly (readonly [number, number])[]
}

/** A tie between two customers that were there before: nodes, and by which bringer and kind. */
export type Link = { intoId: number; fromId: number; kind: string; by: number }

export type Why = 'weak' | 'crowded' | 'contradicted' | 'apart'
/** Two that may be the same. Each a bringer's index, or a node. */
export type Proposal = { one: End; other: End; kind: string; why: Why }
export type End = { bringer: number } | { node: number }

export type Decision = {
  /** For each bringer: the node it belongs to; or the bringer whose new customer it gets (itself: its own); or nobody. */
  places: ({ homeId: number } | { leader: number } | undefined)[]
  links: Link[]
  proposals: Proposal[]
  /** Customers whose exclusive identifiers and cuts could have changed the decision. */
  contested: number[]
  /** Identifiers that staff said to be of several people. */
  shared: string[]
}

export const kindOf = (key: string) => key.slice(0, key.indexOf(' '))

/** A set that grows: who is in it so far. */
type Group = { customers: number[]; oldest: number; anchor: number | undefined; exclusives: Exclusives }
type Exclusives = ReadonlyMap<string, ReadonlySet<string>>
const none: Exclusives = new Map()

/**
 * Who is who in a batch, from its identifiers and what the records know of them. A pure function: the same batch in another order, cut
 * at the same evidence, gives the same groups. Kinds are weighed in the order of the rules, values in the order of who brought
 * them first; a tie that contradicts what is tied already (another value of an exclusive kind, two who are not the same) is proposed
 * and not made.
 */
export function decide(
  bringers: readonly Bringer[],
  evidence: Evidence,
  rules: Rules,
  order: Order = orderOf(bringers, rules),
): Decision {
  const customers = customersIn(bringers, evidence)
  const places = new Map(customers.map((id, place) => [id, bringers.length + place]))
  const sets = unionFind(bringers.length + customers.length)
  const apart = pairsOf(evidence.cuts)
  const groups: Group[] = [
    ...bringers.map(({ keys, homeId }) => ({
      customers: [],
      oldest: Number.POSITIVE_INFINITY,
      anchor: homeId,
      exclusives: exclusivesIn(keys, rules),
    })),
    ...customers.map((id) => ({
      customers: [id],
      oldest: id,
      anchor: undefined,
      exclusives: exclusivesIn(evidence.exclusives.get(id) ?? [], rules),
    })),
  ]
  const decision: Decision = { places: [], links: [], proposals: [], contested: [], shared: [] }
  /** The node at which a bringer is tied to what was there. */
  const anchors: (number | undefined)[] = bringers.map(({ homeId }) => homeId)

  /** Ties two members by an identifier. @returns whether they are one now */
  function tie(one: Member, other: Member, kind: string, by: number): boolean {
    const [a, b] = [sets.find(one.place), sets.find(other.place)]
    if (a === b) return true
    const why = objection(groups[a]!, groups[b]!, apart)
    if (why) {
      decision.proposals.push({ one: endOf(one), other: endOf(other), kind, why })
      return false
    }
    join(a, b, one, other, kind, by)
    return true
  }

  function join(a: number, b: number, one: Member, other: Member, kind: string, by: number): void {
    // The older customer stays; a group that has one comes before a group that has none.
    const aFirst = groups[a]!.oldest <= groups[b]!.oldest
    const [into, from] = aFirst ? [a, b] : [b, a]
    const [intoMember, fromMember] = aFirst ? [one, other] : [other, one]
    const [kept, gone] = [groups[into]!, groups[from]!]
    if (kept.customers.length > 0 && gone.customers.length > 0) {
      decision.links.push({
        intoId: intoMember.node ?? kept.anchor ?? kept.oldest,
        fromId: fromMember.node ?? gone.anchor ?? gone.oldest,
        kind,
        by,
      })
    }
    const [many, few] =
      kept.customers.length < gone.customers.length
        ? [gone.customers, kept.customers]
        : [kept.customers, gone.customers]
    for (const id of few) many.push(id)
    kept.customers = many
    kept.anchor ??= gone.anchor
    if (gone.exclusives.size > 0) kept.exclusives = together(kept.exclusives, gone.exclusives)
    sets.union(into, from)
  }

  const bringerOf = (index: number): Member => ({ place: index, bringer: index, node: anchors[index] })
  const holderOf = ({ customerId, homeId }: Holder): Member => ({ place: places.get(customerId)!, node: homeId })

  for (const [index, { customerId, homeId }] of bringers.entries()) {
    // What the records hold together is no question.
    if (customerId === undefined) continue
    join(places.get(customerId)!, index, { place: places.get(customerId)!, node: homeId }, bringerOf(index), '', index)
  }
  for (const { key, who } of order.keys) {
    const kind = kindOf(key)
    const rule = rules.get(kind)!
    const { holders, shared } = evidence.held.get(key) ?? { holders: [], shared: false }
    if (shared) {
      decision.shared.push(key)
      continue
    }
    const isCrowded = Boolean(rule.sharable) && new Set(holders.map((one) => one.customerId)).size > 1
    if (rule.strength === 'weak' || isCrowded) continue
    const first = holders[0]
    for (const other of holders.slice(1)) tie(holderOf(first!), holderOf(other), kind, who[0]!)
    const target = first ? holderOf(first) : bringerOf(who[0]!)
    for (const index of who) {
      if (tie(target, bringerOf(index), kind, index)) anchors[index] ??= first?.homeId
    }
  }
  for (const { key, who } of order.keys) {
    const kind = kindOf(key)
    const { holders, shared } = evidence.held.get(key) ?? { holders: [], shared: false }
    const isCrowded = new Set(holders.map((one) => one.customerId)).size > 1
    if (shared || !(rules.get(kind)!.strength === 'weak' || (rules.get(kind)!.sharable && isCrowded))) continue
    const all = [...holders.map(holderOf), ...who.map(bringerOf)]
    const distinct = [...new Map(all.map((one) => [sets.find(one.place), one])).values()]
    if (distinct.length > mostProposed) continue
    const why = rules.get(kind)!.strength === 'weak' ? 'weak' : 'crowded'
    for (const other of distinct.slice(1))
      decision.proposals.push({ one: endOf(distinct[0]!), other: endOf(other), kind, why })
  }
  place()
  for (const id of customers) {
    const { customers: there, exclusives } = groups[sets.find(places.get(id)!)]!
    if (there.length > 1 || exclusives.size > 0) decision.contested.push(id)
  }
  return decision

  function place(): void {
    const leaders = new Map<number, number>()
    for (const index of order.bringers) {
      const root = sets.find(index)
      if (bringers[index]!.isPerson && !leaders.has(root)) leaders.set(root, index)
    }
    decision.places = bringers.map((_, index) => {
      const root = sets.find(index)
      const { anchor, customers, oldest } = groups[root]!
      const homeId = anchors[index] ?? anchor ?? (customers.length > 0 ? oldest : undefined)
      if (homeId !== undefined) return { homeId }
      const leader = leaders.get(root)
      return leader === undefined ? undefined : { leader }
    })
  }
}

type Member = { place: number; node?: number; bringer?: number }

function endOf({ bringer, node }: Member): End {
  return bringer !== undefined ? { bringer } : { node: node! }
}

function customersIn(bringers: readonly Bringer[], { held }: Evidence): number[] {
  const ids = new Set<number>()
  for (const { customerId } of bringers) if (customerId !== undefined) ids.add(customerId)
  for (const { holders } of held.values()) for (const { customerId } of holders) ids.add(customerId)
  return [...ids].sort((a, b) => a - b)
}

/** In which order a batch is weighed: its bringers, and each tying value once with who brought it. */
export type Order = { bringers: readonly number[]; keys: readonly { key: string; who: number[] }[] }

export function orderOf(bringers: readonly Bringer[], rules: Rules): Order {
  const inTime = byTime(bringers)
  const found = new Map<string, number[]>()
  for (const index of inTime) {
    for (const key of bringers[index]!.keys) {
      if (!rules.has(kindOf(key))) continue
      const who = found.get(key)
      if (!who) found.set(key, [index])
      else if (who.at(-1) !== index) who.push(index)
    }
  }
  const keys = [...found]
    .map(([key, who]) => ({ key, who, order: rules.get(kindOf(key))!.order }))
    .sort((a, b) => a.order - b.order)
  return { bringers: inTime, keys }
}

export function byTime(bringers: readonly Bringer[]): number[] {
  return bringers
    .map((_, index) => index)
    .sort((a, b) => {
      const [one, other] = [bringers[a]!, bringers[b]!]
      return one.at - other.at || (one.ref < other.ref ? -1 : one.ref > other.ref ? 1 : a - b)
    })
}

/** `kind scope` of exclusive kinds, with the values. */
function exclusivesIn(keys: readonly string[], rules: Rules): Exclusives {
  let found: Map<string, Set<string>> | undefined
  for (const key of keys) {
    if (!rules.get(kindOf(key))?.exclusive) continue
    const end = key.indexOf(' ', key.indexOf(' ') + 1)
    const scope = key.slice(0, end)
    found ??= new Map()
    found.set(scope, (found.get(scope) ?? new Set()).add(key.slice(end + 1)))
  }
  return found ?? none
}

function together(one: Exclusives, other: Exclusives): Exclusives {
  const all = new Map(one)
  for (const [scope, values] of other) all.set(scope, new Set([...(all.get(scope) ?? []), ...values]))
  return all
}

function pairsOf(cuts: Evidence['cuts']): Map<number, Set<number>> {
  const pairs = new Map<number, Set<number>>()
  for (const [one, other] of cuts) {
    pairs.set(one, (pairs.get(one) ?? new Set()).add(other))
    pairs.set(other, (pairs.get(other) ?? new Set()).add(one))
  }
  return pairs
}

/** Why two groups are not one, or nothing. */
function objection(a: Group, b: Group, apart: ReadonlyMap<number, ReadonlySet<number>>): Why | undefined {
  for (const [scope, values] of a.exclusives) {
    const others = b.exclusives.get(scope)
    if (others && ![...values].some((value) => others.has(value))) return 'contradicted'
  }
  if (apart.size === 0) return undefined
  const [few, many] = a.customers.length < b.customers.length ? [a, b] : [b, a]
  const there = new Set(many.customers)
  for (const id of few.customers) for (const other of apart.get(id) ?? []) if (there.has(other)) return 'apart'
  return undefined
}
