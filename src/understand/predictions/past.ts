import type { Histories } from './maths/histories.ts'
import { columnsIn } from './whole-numbers.ts'

/** Histories as of a past day, and what those people did after it. */
export type Past = Histories & { again: Uint32Array; bought: Uint32Array }

/** Of lines (repeats, last, age, count, how many bought again, how often). */
export function pastFrom(text: string): Past {
  const [repeats, last, age, count, again, bought] = columnsIn(text, 6).map((column) => Uint32Array.from(column))
  return { repeats: repeats!, last: last!, age: age!, count: count!, again: again!, bought: bought! }
}
