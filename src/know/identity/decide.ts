import { growing } from './growing.ts'
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
  const places = new Map<number, number>()
  for (const [place, id] of customers.entries()) places.set(id, bringers.length + place)
  const groups = growing(bringers, customers, evidence, rules)
  const decision: Decision = { places: [], links: [], proposals: [], contested: [], shared: [] }
  /** The node at which a bringer is tied to what was there. */
  const anchors: (number | undefined)[] = bringers.map(({ homeId }) => homeId)

  /** Ties two members by an identifier. @returns whether they are one now */
  function tie(one: Member, other: Member, kind: string, by: number): boolean {
    const [a, b] = [groups.of(one.place), groups.of(other.place)]
    if (a === b) return true
    const why = groups.objection(a, b)
    if (why) {
      decision.proposals.push({ one: endOf(one), other: endOf(other), kind, why })
      return false
    }
    join(a, b, one, other, kind, by)
    return true
  }

  function join(a: number, b: number, one: Member, other: Member, kind: string, by: number): void {
    // The older customer stays; a group that has one comes before a group that has none.
    const aFirst = groups.oldest(a) <= groups.oldest(b)
    const [into, from] = aFirst ? [a, b] : [b, a]
    const [intoMember, fromMember] = aFirst ? [one, other] : [other, one]
    if (groups.size(into) > 0 && groups.size(from) > 0) {
      decision.links.push({
        intoId: intoMember.node ?? groups.anchor(into) ?? groups.oldest(into),
        fromId: fromMember.node ?? groups.anchor(from) ?? groups.oldest(from),
        kind,
        by,
      })
    }
    groups.join(into, from)
  }

  const bringerOf = (index: number): Member => ({ place: index, bringer: index, node: anchors[index] })
  const holderOf = ({ customerId, homeId }: Holder): Member => ({ place: places.get(customerId)!, node: homeId })

  for (const [index, { customerId, homeId }] of bringers.entries()) {
    // What the records hold together is no question.
    if (customerId === undefined) continue
    const customer = { place: places.get(customerId)!, node: homeId }
    join(groups.of(customer.place), groups.of(index), customer, bringerOf(index), '', index)
  }
  const doubtful: { kind: string; why: Why; holders: readonly Holder[]; who: readonly number[] }[] = []
  for (const { key, who } of order.keys) {
    const kind = kindOf(key)
    const rule = rules.get(kind)!
    const { holders, shared } = evidence.held.get(key) ?? unknown
    if (shared) {
      decision.shared.push(key)
      continue
    }
    if (rule.strength === 'weak' || (rule.sharable && isCrowded(holders))) {
      doubtful.push({ kind, why: rule.strength === 'weak' ? 'weak' : 'crowded', holders, who })
      continue
    }
    const first = holders[0]
    for (let next = 1; next < holders.length; next += 1) {
      tie(holderOf(first!), holderOf(holders[next]!), kind, who[0]!)
    }
    const target = first ? holderOf(first) : bringerOf(who[0]!)
    for (const index of who) {
      if (tie(target, bringerOf(index), kind, index)) anchors[index] ??= first?.homeId
    }
  }
  for (const { kind, why, holders, who } of doubtful) {
    const all = [...holders.map(holderOf), ...who.map(bringerOf)]
    const distinct = [...new Map(all.map((one) => [groups.of(one.place), one])).values()]
    if (distinct.length > mostProposed) continue
    for (const other of distinct.slice(1))
      decision.proposals.push({ one: endOf(distinct[0]!), other: endOf(other), kind, why })
  }
  place()
  for (const id of customers) {
    if (groups.couldContradict(groups.of(places.get(id)!))) decision.contested.push(id)
  }
  return decision

  function place(): void {
    const leaders = new Map<number, number>()
    for (const index of order.bringers) {
      const root = groups.of(index)
      if (bringers[index]!.isPerson && !leaders.has(root)) leaders.set(root, index)
    }
    decision.places = bringers.map((_, index) => {
      const root = groups.of(index)
      const homeId = anchors[index] ?? groups.anchor(root) ?? (groups.size(root) > 0 ? groups.oldest(root) : undefined)
      if (homeId !== undefined) return { homeId }
      const leader = leaders.get(root)
      return leader === undefined ? undefined : { leader }
    })
  }
}

const unknown: Held = { holders: [], shared: false }

function isCrowded(holders: readonly Holder[]): boolean {
  return holders.some((one) => one.customerId !== holders[0]!.customerId)
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

/** What the order of a batch rests on; whom the records know is not in it. */
export type Brought = Pick<Bringer, 'at' | 'ref' | 'keys'>

/** In which order a batch is weighed: its bringers, and each tying value once with who brought it. */
export type Order = { bringers: readonly number[]; keys: readonly { key: string; who: number[] }[] }

export function orderOf(bringers: readonly Brought[], rules: Rules): Order {
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
  const byRule = Array.from(rules, (): { key: string; who: number[] }[] => [])
  for (const [key, who] of found) byRule[rules.get(kindOf(key))!.order]!.push({ key, who })
  return { bringers: inTime, keys: byRule.flat() }
}

export function byTime(bringers: readonly Omit<Brought, 'keys'>[]): number[] {
  return bringers
    .map((_, index) => index)
    .sort((a, b) => {
      const [one, other] = [bringers[a]!, bringers[b]!]
      return one.at - other.at || (one.ref < other.ref ? -1 : one.ref > other.ref ? 1 : a - b)
    })
}
