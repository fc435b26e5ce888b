import type { Context } from '#platform/context.ts'
import type { Compiled } from './bindings.ts'

/** The rows of a compiled statement; the signal ends it in the engine too. Subqueries over a cluster's shards see the whole. */
export async function rowsOf<T>(ctx: Context, { sql, params }: Compiled, signal?: AbortSignal): Promise<T[]> {
  // The client hears only what is said after it began.
  signal?.throwIfAborted()
  const result = await ctx.columns.query({
    query: sql,
    query_params: params,
    format: 'JSONEachRow',
    abort_signal: signal,
    clickhouse_settings: { distributed_product_mode: 'global' },
  })
  return result.json<T>()
}
