import type { Bringer, Evidence, Why } from './decide.ts'
import { unionFind } from './groups.ts'
import type { Rules } from './rules.ts'

/** `kind scope` of exclusive kinds, with the values. */
type Exclusives = ReadonlyMap<string, ReadonlySet<string>>

/**
 * Groups that grow as a batch is weighed: its bringers come first, then the customers. Numbers stand in arrays of numbers, and what few
 * groups have in maps: an object a group of a batch of a hundred thousand is more work for the collector than all the weighing.
 */
export function growing(
  bringers: readonly Bringer[],
  customers: readonly number[],
  { exclusives, cuts }: Evidence,
  rules: Rules,
) {
  const count = bringers.length + customers.length
  const sets = unionFind(count)
  const sizes = new Int32Array(count).fill(1, bringers.length)
  const oldest = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
  const anchors = new Float64Array(count).fill(Number.NaN)
  const apart = pairsOf(cuts)
  /** Customers of a group, where anybody is not the same as anybody. */
  const members = apart.size === 0 ? undefined : new Map<number, number[]>()
  const exclusiveOf = new Map<number, Exclusives>()
  const noteExclusives = (place: number, keys: readonly string[]) => {
    const found = exclusivesIn(keys, rules)
    if (found) exclusiveOf.set(place, found)
  }
  for (const [place, { homeId, keys }] of bringers.entries()) {
    if (homeId !== undefined) anchors[place] = homeId
    noteExclusives(place, keys)
  }
  for (const [place, id] of customers.entries()) {
    oldest[bringers.length + place] = id
    members?.set(bringers.length + place, [id])
    const keys = exclusives.get(id)
    if (keys) noteExclusives(bringers.length + place, keys)
  }

  function objection(a: number, b: number): Why | undefined {
    const [one, other] = [exclusiveOf.get(a), exclusiveOf.get(b)]
    for (const [scope, values] of (other && one) ?? []) {
      const others = other!.get(scope)
      if (others && ![...values].some((value) => others.has(value))) return 'contradicted'
    }
    if (!members) return undefined
    const [few, many] = sizes[a]! <= sizes[b]! ? [a, b] : [b, a]
    const there = new Set(members.get(many))
    for (const id of members.get(few) ?? []) for (const not of apart.get(id) ?? []) if (there.has(not)) return 'apart'
    return undefined
  }

  function join(into: number, from: number): void {
    sizes[into]! += sizes[from]!
    if (Number.isNaN(anchors[into]!)) anchors[into] = anchors[from]!
    const gone = exclusiveOf.get(from)
    if (gone) exclusiveOf.set(into, together(exclusiveOf.get(into), gone))
    if (members) {
      const [few, many] = [members.get(from) ?? [], members.get(into) ?? []].sort((a, b) => a.length - b.length)
      for (const id of few!) many!.push(id)
      members.set(into, many!)
    }
    sets.union(into, from)
  }

  return {
    /** The group of a place. */
    of: sets.find,
    join,
    /** Why two groups are not one, or nothing. */
    objection,
    /** How many customers are in it. */
    size: (group: number) => sizes[group]!,
    /** Its first customer; infinite where there is none. */
    oldest: (group: number) => oldest[group]!,
    /** The node at which it is tied to what was there. */
    anchor: (group: number) => (Number.isNaN(anchors[group]!) ? undefined : anchors[group]!),
    /** Whether more evidence about its customers could have changed what was decided. */
    couldContradict: (group: number) => sizes[group]! > 1 || exclusiveOf.has(group),
  }
}

function exclusivesIn(keys: readonly string[], rules: Rules): Exclusives | undefined {
  let found: Map<string, Set<string>> | undefined
  for (const key of keys) {
    const first = key.indexOf(' ')
    if (!rules.get(key.slice(0, first))?.exclusive) continue
    const end = key.indexOf(' ', first + 1)
    const scope = key.slice(0, end)
    found ??= new Map()
    found.set(scope, (found.get(scope) ?? new Set()).add(key.slice(end + 1)))
  }
  return found
}

function together(one: Exclusives | undefined, other: Exclusives): Exclusives {
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
