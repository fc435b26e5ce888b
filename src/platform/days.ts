/** A calendar day of the shop's zone, as `YYYY-MM-DD`. Days compare as strings. */
export type Day = string

const formats = new Map<string, Intl.DateTimeFormat>()

/** The calendar day on which an instant falls in a zone (IANA name). Throws RangeError on an unknown zone. */
export function dayIn(zone: string, instant: Date): Day {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formats.set(zone, format)
  }
  return format.format(instant)
}

/** The day `count` calendar days later (earlier when negative). */
export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10)
}

/** Whole calendar days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** Whether a text is a real day of the calendar: 2026-02-30 is not. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const parsed = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 10) === text
}

/** Whether the runtime knows a time zone by this IANA name. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/**
 * The instant of a wall-clock time in a zone. A time that a spring change skips moves forward by the gap; one that
 * autumn repeats is the first of the two.
 * @param wall `YYYY-MM-DDTHH:mm[:ss]`, without a zone
 */
export function instantIn(zone: string, wall: string): Date {
  const asUtc = Date.parse(`${wall}${wall.length === 10 ? 'T00:00:00' : ''}Z`)
  const before = asUtc - offsetAt(zone, asUtc - 86_400_000)
  const after = asUtc - offsetAt(zone, asUtc + 86_400_000)
  if (offsetAt(zone, before) === asUtc - before) return new Date(before)
  if (offsetAt(zone, after) === asUtc - after) return new Date(after)
  return new Date(before)
}

const offsetFormats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, Map<number, number>>()
const grainMs = 900_000
const grainsOfDay = 96

/**
 * Milliseconds by which the zone is ahead of UTC at an instant. Zones change at whole quarter hours, so that is the grain; a day that
 * begins and ends with the same offset had no other.
 */
function offsetAt(zone: string, epochMs: number): number {
  let known = offsets.get(zone)
  if (!known) {
    known = new Map()
    offsets.set(zone, known)
  }
  const grain = Math.floor(epochMs / grainMs)
  const day = Math.floor(grain / grainsOfDay) * grainsOfDay
  const first = offsetOf(zone, day, known)
  return first === offsetOf(zone, day + grainsOfDay, known) ? first : offsetOf(zone, grain, known)
}

function offsetOf(zone: string, grain: number, known: Map<number, number>): number {
  const said = known.get(grain)
  if (said !== undefined) return said
  let format = offsetFormats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    offsetFormats.set(zone, format)
  }
  const at = grain * grainMs
  const part: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value)
  const offset = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!) - at
  if (known.size > 100_000) known.clear()
  known.set(grain, offset)
  return offset
}
