import { addDays } from '#platform/days.ts'
import type { Reader } from './reader.ts'

/** Two ends, each included: `>= 2`, `<= 5`, `= 3`, `between 2 and 5`; nothing where none is asked. */
export type Ends<T> = { from?: T; to?: T }

/**
 * @param value reads one end
 * @param next the least value above one, of kinds that have it: then `>` and `<` are read too
 */
export function readEnds<T>(reader: Reader, value: () => T, next?: (value: T, by: 1 | -1) => T): Ends<T> {
  if (reader.sign('>=')) return { from: value() }
  if (reader.sign('<=')) return { to: value() }
  if (reader.sign('=')) {
    const both = value()
    return { from: both, to: both }
  }
  if (reader.word('between')) {
    const from = value()
    reader.mustWord('and')
    return { from, to: value() }
  }
  if (next && reader.sign('>')) return { from: next(value(), 1) }
  if (next && reader.sign('<')) return { to: next(value(), -1) }
  return {}
}

export const nextNumber = (value: number, by: 1 | -1) => value + by
export const nextDay = (day: string, by: 1 | -1) => addDays(day, by)

/** With a space before it; empty without ends. */
export function endsWritten<T>({ from, to }: Ends<T>, written: (value: T) => string): string {
  if (from !== undefined && to !== undefined) {
    return from === to ? ` = ${written(from)}` : ` between ${written(from)} and ${written(to)}`
  }
  if (from !== undefined) return ` >= ${written(from)}`
  return to === undefined ? '' : ` <= ${written(to)}`
}

/** Ends under the names that the tree gives them. */
export function named<A extends string, B extends string, T>(
  { from, to }: Ends<T>,
  first: A,
  second: B,
): { [K in A | B]?: T } {
  return {
    ...(from === undefined ? {} : { [first]: from }),
    ...(to === undefined ? {} : { [second]: to }),
  } as { [K in A | B]?: T }
}
