/** How fast a phase goes, measured over the phase so far. */
export type Step = {
  done: number
  total: number
  /** Units a second. */
  rate: number | null
  secondsLeft: number | null
  /** How many rows the whole file will have, by the share that has been read. */
  estimate(rows: number): number
}

export type Pace = {
  /** @param done units of the phase so far @param units how many of what is shown as the rate came since the last step */
  step(done: number, total: number, units: number): Step
}

/** @param now machine time in milliseconds */
export function paceOf(now: () => number): Pace {
  const began = now()
  let first: number | undefined
  let units = 0
  return {
    step(done, total, more) {
      first ??= done
      units += more
      const seconds = (now() - began) / 1000
      const moved = done - first
      return {
        done,
        total,
        rate: seconds > 0.2 ? Math.round(units / seconds) : null,
        secondsLeft: moved > 0 && seconds > 1 ? Math.ceil(((total - done) / moved) * seconds) : null,
        estimate: (rows) => (done > 0 ? Math.round((rows / done) * total) : rows),
      }
    },
  }
}
