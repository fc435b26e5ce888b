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

/** How shop time goes on from an instant of the machine: so many times as fast. */
export type Pace = { shop: Date; machine: Date; speed: number }

/** A clock whose shop time follows a pace that somebody carries on, as the demo shop's that lives a day in a minute. */
export type PacedClock = Clock & { follow(pace: Pace | undefined): void }

/**
 * Shop time is the machine's until it is told a pace. Without news of its pace for `leaseMs` it stands, until the machine's time has
 * come up with it: a shop that nobody carries on goes on from where it was. It is never behind the machine's.
 */
export function pacedClock(leaseMs: number): PacedClock {
  let pace: Pace | undefined
  return {
    machine: () => new Date(),
    now() {
      const machine = Date.now()
      if (!pace) return new Date(machine)
      const passed = Math.min(Math.max(0, machine - pace.machine.getTime()), leaseMs)
      return new Date(Math.max(machine, pace.shop.getTime() + passed * pace.speed))
    },
    follow(next) {
      pace = next
    },
  }
}
