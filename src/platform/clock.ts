/**
 * The only file that reads a clock.
 *
 * Shop time is the time in which customers live: orders, stages, birthdays. Tests, the simulator and the demo shop move it.
 * Machine time is for sessions, leases, jobs and lag; it never travels.
 */
export type Clock = {
  /** The instant in shop time. */
  now(): Date
  /** The instant in machine time. */
  machine(): Date
}

export const systemClock: Clock = { now: () => new Date(), machine: () => new Date() }

/** A clock whose shop time stands at an instant until it is moved. Machine time runs on. */
export function movableClock(start: Date | string): Clock & { moveTo(instant: Date | string): void } {
  let at = new Date(start)
  return {
    now: () => new Date(at),
    machine: () => new Date(),
    moveTo(instant) {
      at = new Date(instant)
    },
  }
}
