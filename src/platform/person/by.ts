import { type RawBuilder, sql } from 'kysely'
import type { Person } from './of-person.ts'

/** Rows that carry a profile's number. */
export function byProfile(column = 'profile_id'): (person: Person) => RawBuilder<boolean> {
  return ({ profileIds }) => sql<boolean>`${sql.ref(column)} = any(${profileIds}::bigint[])`
}

/** Rows that carry a customer's number. */
export function byCustomer(column = 'customer_id'): (person: Person) => RawBuilder<boolean> {
  return ({ customerIds }) => sql<boolean>`${sql.ref(column)} = any(${customerIds}::bigint[])`
}

/** Rows in whose text one of the person's marks stands. Reads the whole table: for copies that no number leads to. */
export function byMarks(expression: RawBuilder<string>): (person: Person) => RawBuilder<boolean> {
  return ({ marks }) =>
    sql<boolean>`exists (select from unnest(${marks}::text[]) as mark where position(lower(mark) in lower(${expression})) > 0)`
}
