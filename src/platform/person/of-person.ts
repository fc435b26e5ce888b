import type { RawBuilder } from 'kysely'
import type { Context } from '../context.ts'

/** Somebody whose data is asked for: all rows that stand for the person now. */
export type Person = {
  /** The customer, and whoever was merged into it. */
  customerIds: readonly number[]
  profileIds: readonly number[]
  /** Names, phones, addresses: by what copies are found that carry no number of ours. At least two characters each. */
  marks: readonly string[]
}

/**
 * A table of the records and what it holds of a person. Each table of the house is declared by exactly one module, also where it
 * holds nobody's data: a new one without a line fails a test (know/rights/every-table.test.ts).
 */
export type PersonTable = {
  table: string
  /** Which rows are the person's, as a condition over the table's own columns. */
  rows(person: Person): RawBuilder<boolean>
  /**
   * What is done to be forgotten: the rows go; they stay because they name nobody once all else is gone, and why; or what the module
   * does itself, in a transaction, as often as it is asked. @returns rows touched
   */
  forget: 'delete' | { stays: string } | ((ctx: Context, person: Person) => Promise<number>)
  /** Told elsewhere already, or nothing that says something of the person: left out of what the person is given, and why. */
  untold?: string
}

/** A table of the columns. All are copies of records, but for those that say otherwise. */
export type PersonColumns = {
  table: string
  /** The column by which rows are the person's, and whose number it holds. */
  by: string
  holds: 'profile' | 'customer'
  /** Rows that stay though they are the person's, as a condition: what counts orders. */
  stays?: string
  /** Not part of what the person is given, and why. */
  untold?: string
}

/** What a module holds of people. */
export type OfPerson = {
  /** In the order in which they are told; forgotten from the last to the first. */
  tables?: readonly PersonTable[]
  columns?: readonly PersonColumns[]
  /** Tables without anybody's data, and tables of staff's own. */
  nobodys?: readonly string[]
  /** Tables of the columns without anybody's data. */
  nobodysColumns?: readonly string[]
  /** What no number leads to and SQL cannot find, by a name of its own. */
  tells?(ctx: Context, person: Person): Promise<{ name: string; rows: readonly Record<string, unknown>[] }>
  /** What lies in files. Safe to be done again. @returns how many files */
  forgetFiles?(ctx: Context, person: Person): Promise<number>
}
