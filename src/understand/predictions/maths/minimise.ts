export type Minimum = { at: number[]; value: number; evaluations: number; converged: boolean }

/** How near is near enough, and how long it may take. */
export type Patience = {
  /** The first simplex's edge. */
  step?: number
  /** Of the values at the corners, against their size. */
  valueWithin?: number
  /** Of the corners from each other. */
  placeWithin?: number
  evaluations?: number
}

/**
 * The place where a smooth function of a few variables is least, by Nelder and Mead's simplex. It is begun again from where it ended
 * until that finds nothing better, because a simplex can collapse beside a minimum. Where the function is infinite is a wall.
 * @returns converged: whether corners and values came together before the evaluations ran out
 */
export function minimise(
  of: (at: readonly number[]) => number,
  start: readonly number[],
  patience: Patience = {},
): Minimum {
  const { step = 0.5, valueWithin = 1e-10, placeWithin = 1e-5, evaluations: most = 3000 } = patience
  let best: Minimum = { at: [...start], value: of(start), evaluations: 1, converged: false }
  for (let edge = step; best.evaluations < most; edge /= 2) {
    const next = descend(of, best, edge, { valueWithin, placeWithin, evaluations: most - best.evaluations })
    const gained = best.value - next.value
    best = { ...next, evaluations: best.evaluations + next.evaluations }
    if (!next.converged || gained <= 1e-9 * Math.abs(best.value)) break
  }
  return best
}

type Corner = { at: number[]; value: number }

function descend(
  of: (at: readonly number[]) => number,
  from: Corner,
  edge: number,
  { valueWithin, placeWithin, evaluations: most }: Required<Omit<Patience, 'step'>>,
): Minimum {
  let evaluations = 0
  const corner = (at: number[]): Corner => {
    evaluations += 1
    const value = of(at)
    return { at, value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value }
  }
  const size = from.at.length
  const simplex: Corner[] = [
    { at: from.at, value: from.value },
    ...from.at.map((_, axis) => corner(from.at.map((one, other) => (other === axis ? one + edge : one)))),
  ]
  const order = () => simplex.sort((a, b) => a.value - b.value)
  const near = () => {
    const [first, last] = [simplex[0]!, simplex[size]!]
    const apart = Math.max(
      ...simplex.map(({ at }) => Math.max(...at.map((one, axis) => Math.abs(one - first.at[axis]!)))),
    )
    return last.value - first.value <= valueWithin * Math.abs(first.value) && apart <= placeWithin
  }
  order()
  while (evaluations < most && !near()) {
    const worst = simplex[size]!
    const centre = from.at.map((_, axis) => simplex.slice(0, size).reduce((sum, { at }) => sum + at[axis]!, 0) / size)
    const along = (by: number) => corner(centre.map((one, axis) => one + by * (worst.at[axis]! - one)))
    const reflected = along(-1)
    if (reflected.value < simplex[0]!.value) {
      const expanded = along(-2)
      simplex[size] = expanded.value < reflected.value ? expanded : reflected
    } else if (reflected.value < simplex[size - 1]!.value) simplex[size] = reflected
    else {
      const contracted = reflected.value < worst.value ? along(-0.5) : along(0.5)
      if (contracted.value < Math.min(reflected.value, worst.value)) simplex[size] = contracted
      else {
        const first = simplex[0]!
        for (let other = 1; other <= size; other += 1)
          simplex[other] = corner(first.at.map((one, axis) => one + 0.5 * (simplex[other]!.at[axis]! - one)))
      }
    }
    order()
  }
  return { ...simplex[0]!, evaluations, converged: near() }
}
