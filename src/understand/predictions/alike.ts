import type { Alike } from './contract.ts'
import type { Past } from './past.ts'

/** Where repeats, and days of silence, are parted: those below the next one belong together. */
const repeatsFrom = [0, 1, 2, 4, 8]
const silenceFrom = [0, 30, 60, 90, 180, 270, 365, 545]

/** Fewer people tell no share: of 30, one more or less is three points. */
export const fewestAlike = 30

type Counted = { people: number; again: number; bought: number }

/**
 * What people did after a past day, by how often they had bought and how long they had been silent on it. No model: counts.
 * @param in90 as of 90 days ago; undefined where the shop is too young
 */
export function alikeFrom(in90: Past | undefined, in365: Past | undefined): Alike[] {
  const near = in90 && countedBy(in90)
  const far = in365 && countedBy(in365)
  return repeatsFrom.flatMap((repeats, row) =>
    silenceFrom.map((silence, column) => ({
      repeats: [repeats, lastOf(repeatsFrom, row)] as [number, number | null],
      silence: [silence, lastOf(silenceFrom, column)] as [number, number | null],
      in90: shareOf(near?.[row * silenceFrom.length + column]),
      in365: shareOf(far?.[row * silenceFrom.length + column]),
    })),
  )
}

/** The place in `alikeFrom` of who bought again so often and has been silent so long. */
export function placeOf(repeats: number, silence: number): number {
  return bandOf(repeatsFrom, repeats) * silenceFrom.length + bandOf(silenceFrom, silence)
}

function countedBy({ repeats, last, age, count, again, bought }: Past): Counted[] {
  const cells = Array.from({ length: repeatsFrom.length * silenceFrom.length }, () => ({
    people: 0,
    again: 0,
    bought: 0,
  }))
  for (let place = 0; place < count.length; place += 1) {
    const cell = cells[placeOf(repeats[place]!, age[place]! - last[place]!)]!
    cell.people += count[place]!
    cell.again += again[place]!
    cell.bought += bought[place]!
  }
  return cells
}

function shareOf(cell: Counted | undefined): Alike['in90'] {
  if (!cell || cell.people < fewestAlike) return null
  return { people: cell.people, again: cell.again / cell.people, purchases: cell.bought / cell.people }
}

function bandOf(from: readonly number[], value: number): number {
  let band = 0
  while (band + 1 < from.length && value >= from[band + 1]!) band += 1
  return band
}

function lastOf(from: readonly number[], band: number): number | null {
  return band + 1 < from.length ? from[band + 1]! - 1 : null
}
