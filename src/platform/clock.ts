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

/** A clock whose times stand or run as a test says. */
export type MovableClock = Clock & {
  /** Shop time stands at this instant. */
  moveTo(instant: Date | string): void
  /** Machine time runs on from here as if so many milliseconds had passed; for sessions, links and rates that end. */
  passMachineTime(milliseconds: number): void
}

/** A clock whose shop time stands at an instant until it is moved. Machine time runs on. */
export function movableClock(start: Date | string): MovableClock {
  let at = new Date(start)
  let ahead = 0
  return {
    now: () => new Date(at),
    machine: () => new Date(Date.now() + ahead),
    moveTo(instant) {
      at = new Date(instant)
    },
    passMachineTime(milliseconds) {
      ahead += milliseconds
    },
  }
}
