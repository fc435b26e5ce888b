import { type RawBuilder, sql } from 'kysely'
import { tieMany, tieNewProfiles } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { arrayText } from '#platform/postgres/array-text.ts'
import { partsOf } from './evidence.ts'
import type { Person } from './incoming.ts'

type Tie = { profileId: number; key: string; raw: string | null }
/** What ties profiles that this transaction made, and others, as Postgres reads it. */
export type Ties = { fresh?: RawBuilder<unknown>; others?: RawBuilder<unknown>; freshIds: readonly number[] }

/** Identifiers that a profile does not hold yet, in the order of the index by value: neighbours lie on the same page. */
export function tiesOf(
  people: readonly Person[],
  held: (index: number) => readonly string[] | undefined,
  profileIds: readonly number[],
): Ties {
  const ties: Record<'fresh' | 'others', Tie[]> = { fresh: [], others: [] }
  for (const [index, { identifiers }] of people.entries()) {
    const before = held(index)
    for (const [key, raw] of identifiers) {
      if (before?.includes(key)) continue
      const tie = { profileId: profileIds[index]!, key, raw }
      if (before) ties.others.push(tie)
      else ties.fresh.push(tie)
    }
  }
  return { fresh: rowsOf(ties.fresh), others: rowsOf(ties.others), freshIds: ties.fresh.map((one) => one.profileId) }
}

/** @returns the profiles that got one */
export async function writeTies(
  ctx: Context,
  { fresh, others, freshIds }: Ties,
  shared: readonly string[],
): Promise<Set<number>> {
  const tied = new Set(others ? await tieMany(ctx, others, shared) : [])
  if (fresh) await tieNewProfiles(ctx, fresh, shared)
  for (const id of freshIds) tied.add(id)
  return tied
}

function rowsOf(ties: Tie[]): RawBuilder<unknown> | undefined {
  if (ties.length === 0) return undefined
  ties.sort(byKey)
  const parts = ties.map(({ key }) => partsOf(key))
  return sql`
    select * from unnest(${arrayText(ties.map((one) => one.profileId))}::bigint[], ${arrayText(parts.map((one) => one.kind))}::text[],
      ${arrayText(parts.map((one) => one.scope))}::text[], ${arrayText(parts.map((one) => one.value))}::text[],
      ${arrayText(ties.map((one) => one.raw))}::text[])
      as row(profile_id, kind, scope, value, raw)`
}

const byKey = (one: Tie, other: Tie) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0)
