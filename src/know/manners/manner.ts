import type { Manner, Way } from './contract.ts'

/** What of a manner decides. */
export type Rule = Pick<Manner, 'id' | 'rule' | 'channel' | 'fromMinute' | 'toMinute' | 'weekdays' | 'askId' | 'until'>

/** A moment where the person is: the day, Monday 1 to Sunday 7, and the minute of the day. */
export type Moment = { day: string; weekday: number; minute: number }

/**
 * go: nothing speaks against it. wait: not now, but in `waitMinutes`. ask: one of `askIds` is asked first. never: not this way at all.
 * `because` names the manners that say so, of the strongest kind alone.
 */
export type Verdict =
  | { verdict: 'go'; because: [] }
  | { verdict: 'wait'; because: number[]; waitMinutes: number }
  | { verdict: 'ask'; because: number[]; askIds: number[] }
  | { verdict: 'never'; because: number[] }

const dayMinutes = 1440

/**
 * Whether a person may be met this way at this moment. Outranks whatever automation wants: never before ask, ask before wait. Times
 * that never come together (only mornings, only after 18:00) are never. Pure; what asks it shows `because` as the evidence.
 */
export function mannerSays(rules: readonly Rule[], way: Way, at: Moment): Verdict {
  const about = rules.filter(
    ({ channel, until }) => (channel === null || channel === way) && (until === null || until >= at.day),
  )
  const never = about.filter(({ rule }) => rule === 'never')
  if (never.length > 0) return { verdict: 'never', because: idsOf(never) }
  const ask = about.filter(({ rule }) => rule === 'ask')
  if (ask.length > 0) {
    const askIds = [...new Set(ask.flatMap(({ askId }) => (askId === null ? [] : [askId])))]
    return { verdict: 'ask', because: idsOf(ask), askIds }
  }
  const windows = about.filter(({ rule }) => rule === 'only')
  const shut = windows.filter((one) => waitOf(one, at) > 0)
  if (shut.length === 0) return { verdict: 'go', because: [] }
  const waitMinutes = waitOfAll(windows, at)
  return waitMinutes === undefined
    ? { verdict: 'never', because: idsOf(windows) }
    : { verdict: 'wait', because: idsOf(shut), waitMinutes }
}

const idsOf = (rules: readonly Rule[]) => rules.map(({ id }) => id)

/** Minutes until all windows stand open at once; undefined where that is in no week. */
function waitOfAll(windows: readonly Rule[], at: Moment): number | undefined {
  let wait = 0
  // Each step goes to the opening of a window that is shut: past a week and a day nothing new comes.
  while (wait < 8 * dayMinutes) {
    const moment = later(at, wait)
    const more = Math.max(...windows.map((one) => waitOf(one, moment)))
    if (more === 0) return wait
    if (!Number.isFinite(more)) return undefined
    wait += more
  }
  return undefined
}

/** Minutes until a window opens; 0 where it stands open. */
function waitOf({ fromMinute, toMinute, weekdays }: Rule, at: Moment): number {
  const from = fromMinute ?? 0
  const to = toMinute ?? dayMinutes
  const opens = (weekday: number) => weekdays === null || weekdays.includes(weekday)
  const before = at.weekday === 1 ? 7 : at.weekday - 1
  // Over midnight: what began yesterday may still stand open.
  if (from >= to && at.minute < to && opens(before)) return 0
  const open = from < to ? at.minute >= from && at.minute < to : at.minute >= from
  if (open && opens(at.weekday)) return 0
  for (let days = 0; days <= 7; days += 1) {
    const weekday = ((at.weekday - 1 + days) % 7) + 1
    const wait = days * dayMinutes + from - at.minute
    if (opens(weekday) && wait > 0) return wait
  }
  return Number.POSITIVE_INFINITY
}

function later(at: Moment, minutes: number): Moment {
  const total = at.minute + minutes
  const days = Math.floor(total / dayMinutes)
  return { ...at, weekday: ((at.weekday - 1 + days) % 7) + 1, minute: total % dayMinutes }
}

const formats = new Map<string, Intl.DateTimeFormat>()
const weekdayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** The moment of an instant in a zone. */
export function momentIn(zone: string, instant: Date): Moment {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
    formats.set(zone, format)
  }
  const part: Record<string, string> = {}
  for (const { type, value } of format.formatToParts(instant)) part[type] = value
  return {
    day: `${part.year}-${part.month}-${part.day}`,
    weekday: weekdayNames.findIndex((name) => part.weekday!.startsWith(name)) + 1,
    minute: Number(part.hour) * 60 + Number(part.minute),
  }
}
