/** Sets that grow together, over the members at hand. Near-constant time each; no recursion, so a chain of 100,000 is no deeper. */
export function unionFind(size: number): { find(one: number): number; union(into: number, from: number): void } {
  const parents = Int32Array.from({ length: size }, (_, index) => index)
  const find = (one: number): number => {
    let root = one
    while (parents[root] !== root) root = parents[root]!
    while (parents[one] !== root) {
      const next = parents[one]!
      parents[one] = root
      one = next
    }
    return root
  }
  return {
    find,
    /** The root of `into` becomes the root of both. */
    union(into, from) {
      parents[find(from)] = find(into)
    },
  }
}

/** A live edge: the group of `fromId` is shown at the survivor of the group of `intoId`. */
export type Edge = { intoId: number; fromId: number }

/**
 * The survivor of each node, from live edges alone, in their order: what happened before and was undone leaves no trace. An edge
 * within a group changes nothing.
 */
export function survivorsOf(nodes: readonly number[], edges: readonly Edge[]): Map<number, number> {
  const places = new Map(nodes.map((node, place) => [node, place]))
  const sets = unionFind(nodes.length)
  for (const { intoId, fromId } of edges) sets.union(places.get(intoId)!, places.get(fromId)!)
  return new Map(nodes.map((node, place) => [node, nodes[sets.find(place)]!]))
}
