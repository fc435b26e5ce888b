import { randomUUID } from 'node:crypto'
import type { Context } from '#platform/context.ts'
import type { Compiled } from './bindings.ts'

/**
 * The rows of a compiled statement; the signal ends it in the engine too. Subqueries over a cluster's shards see the whole.
 * A server of its own goes on with a statement whose client hung up, so it is told; the embedded host ends it by itself.
 */
export async function rowsOf<T>(ctx: Context, { sql, params }: Compiled, signal?: AbortSignal): Promise<T[]> {
  // The client hears only what is said after it began.
  signal?.throwIfAborted()
  const id = randomUUID()
  const end = () => void endQuery(ctx, id)
  signal?.addEventListener('abort', end, { once: true })
  try {
    const result = await ctx.columns.query({
      query: sql,
      query_params: params,
      query_id: id,
      format: 'JSONEachRow',
      abort_signal: signal,
      clickhouse_settings: { distributed_product_mode: 'global' },
    })
    return await result.json<T>()
  } finally {
    signal?.removeEventListener('abort', end)
  }
}

/** One that is over by then is no error. */
async function endQuery(ctx: Context, id: string): Promise<void> {
  await ctx.columns
    .command({ query: 'KILL QUERY WHERE query_id = {id:String} ASYNC', query_params: { id } })
    .catch(() => undefined)
}
