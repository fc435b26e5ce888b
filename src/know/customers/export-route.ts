import { ReadableStream } from 'node:stream/web'
import { z } from 'zod'
import { merchantOf } from '#know/shops/index.ts'
import { shape } from '#platform/contract/index.ts'
import { dayIn } from '#platform/days.ts'
import type { RequestContext } from '#platform/http/index.ts'
import type { Locale } from '#platform/i18n/index.ts'
import type { StreamRoute } from '#platform/module.ts'
import { Refusal } from '#platform/refusal.ts'
import { customerColumn } from './contract.ts'
import { exportCustomers, newestIds } from './export-customers.ts'

/** Ids of the customers that a list shows, in its order; higher modules give those of their own lists. */
export type ListedIds = (ctx: RequestContext, list: unknown) => AsyncIterable<readonly number[]>

const wanted = z.object({
  columns: z.array(customerColumn).min(1).max(30),
  /** Only these, in this order. */
  ids: z.array(shape.id).max(10_000).optional(),
  /** Those of a list of a higher module, described in its own words. */
  list: z.unknown().optional(),
})

/** What is shown, as CSV. Without `ids` and `list`: all, newest first. */
export function exportRoute(listed?: ListedIds): StreamRoute {
  return {
    method: 'POST',
    path: '/customers/export',
    summary: 'Export customers as CSV',
    tag: 'Customers',
    meta: { may: 'customers.export', scope: 'rows', rate: 'heavy', once: false, edit: false },
    maxBytes: 1_000_000,
    async handle(ctx, request) {
      const parsed = wanted.safeParse(await request.json().catch(() => undefined))
      if (!parsed.success) throw new Refusal('invalid', 'http.invalid_input')
      const { columns, ids, list } = parsed.data
      const batches = ids ? inBatches(ids) : list !== undefined && listed ? listed(ctx, list) : newestIds(ctx)
      const body = ReadableStream.from(exportCustomers(ctx, batches, columns, ctx.actor.locale as Locale))
      const day = dayIn((await merchantOf(ctx)).zone, ctx.clock.now())
      return new Response(body as unknown as BodyInit, {
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="customers-${day}.csv"`,
        },
      })
    },
  }
}

async function* inBatches(ids: readonly number[]): AsyncGenerator<number[]> {
  for (let from = 0; from < ids.length; from += 1000) yield ids.slice(from, from + 1000)
}
