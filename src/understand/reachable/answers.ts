import { sql } from 'kysely'
import { changesAt, consentStates, mayContact } from '#know/consent/index.ts'
import type { Context } from '#platform/context.ts'
import { contactCells, kindBits } from '#understand/query/index.ts'
import { type Cursor, versionOf } from './cursor.ts'
import { never, secondsOf } from './until.ts'

/** What is written of a customer (migrations/clickhouse/0014-reachable.sql). */
export type Answers = { customerId: number; yes: number; no: number; kinds: number; until?: Date }

/** The answers of the gate itself, for the shop as a whole: of each channel and purpose, at a moment. */
export async function answersOf(ctx: Context, customerIds: readonly number[], at: Date): Promise<Answers[]> {
  const [states, kinds] = await Promise.all([consentStates(ctx, customerIds), kindsOf(ctx, customerIds)])
  return [...states.values()].map((state) => {
    const bits = { yes: 0, no: 0, unknown: 0 }
    for (const { channel, purpose, bit } of contactCells) {
      bits[mayContact(state, { channel, purpose, brandId: null, at }).may] += bit
    }
    const { customerId } = state
    const { yes, no } = bits
    return { customerId, yes, no, kinds: kindBits(kinds.get(customerId) ?? []), until: changesAt(state, at) }
  })
}

async function kindsOf(ctx: Context, customerIds: readonly number[]): Promise<Map<number, string[]>> {
  const { rows } = await sql<{ customerId: number; kinds: string[] }>`
    select map.customer_id, array_agg(distinct i.kind) as kinds
      from profile_customers map join identifiers i on i.profile_id = map.profile_id
     where map.customer_id = any(${customerIds}::bigint[])
     group by map.customer_id`.execute(ctx.db)
  return new Map(rows.map(({ customerId, kinds }) => [customerId, kinds]))
}

/** One block. A later round replaces what an earlier one said of a customer. */
export async function writeAnswers(ctx: Context, cursor: Cursor, answers: readonly Answers[]): Promise<void> {
  const version = versionOf(cursor)
  await ctx.columns.insert({
    table: 'reachable',
    format: 'JSONEachRow',
    values: answers.map(({ customerId, yes, no, kinds, until }) => ({
      customer_id: customerId,
      version,
      ...{ yes, no, kinds },
      until: until ? secondsOf(until) : never,
    })),
    clickhouse_settings: { max_partitions_per_insert_block: '0' },
  })
}
