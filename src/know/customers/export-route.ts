import { ReadableStream } from 'node:stream/web'
import { z } from 'zod'
import { merchantOf } from '#know/shops/index.ts'
import { note } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { shape } from '#platform/contract/index.ts'
import { dayIn } from '#platform/days.ts'
import { readJson } from '#platform/http/index.ts'
import type { Locale } from '#platform/i18n/index.ts'
import type { StreamRoute } from '#platform/module.ts'
import { Refusal } from '#platform/refusal.ts'
import { customerColumn } from './contract.ts'
import { exportCustomers, isMasked, type MoreCells, newestIds } from './export-customers.ts'

/** What a list of a higher module shows: whom, in its order, and its own columns of them. */
export type Listed = {
  ids: (ctx: Context, list: unknown) => AsyncIterable<readonly number[]>
  /** Keys of the columns. */
  columns: readonly string[]
  /** How they are told, of the given list or of all customers; read once for a whole export. */
  tell: (ctx: Context, list: unknown) => Promise<MoreCells>
}

const wanted = z.object({
  /** `customerColumn`s and those of the list, in the order to write. */
  columns: z.array(z.string().max(30)).min(1).max(30),
  /** Only these, in this order. */
  ids: z.array(shape.id).max(10_000).optional(),
  /** Those of a list of a higher module, described in its own words. */
  list: z.unknown().optional(),
})

/**
 * What is shown, as CSV. Columns that the actor is not shown whole are masked here too; their headings and the file's name say so.
 * Without `ids` and `list`: all, newest first.
 */
export function exportRoute(listed?: Listed): StreamRoute {
  return {
    method: 'POST',
    path: '/customers/export',
    summary: 'Export customers as CSV',
    tag: 'Customers',
    meta: { may: 'customers.export', scope: 'rows', rate: 'heavy', once: false, edit: false },
    maxBytes: 1_000_000,
    async handle(ctx, request) {
      const parsed = wanted.safeParse(await readJson(request))
      if (!parsed.success) throw new Refusal('invalid', 'http.invalid_input')
      const { columns, ids, list } = parsed.data
      const known = [...customerColumn.options, ...(listed?.columns ?? [])]
      if (!columns.every((column) => known.includes(column))) throw new Refusal('invalid', 'http.invalid_input')
      const more = columns.some((column) => listed?.columns.includes(column))
        ? await listed!.tell(ctx, list)
        : undefined
      const batches = ids ? inBatches(ids) : list !== undefined && listed ? listed.ids(ctx, list) : newestIds(ctx)
      const masked = columns.filter((column) => isMasked(ctx.actor, column))
      note(ctx, { data: { columns, masked, ids: ids?.length, filtered: list !== undefined } })
      const body = ReadableStream.from(exportCustomers(ctx, batches, columns, ctx.actor.locale as Locale, more))
      const day = dayIn((await merchantOf(ctx)).zone, ctx.clock.now())
      return new Response(body as unknown as BodyInit, {
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="customers-${day}${masked.length > 0 ? '-masked' : ''}.csv"`,
        },
      })
    },
  }
}

async function* inBatches(ids: readonly number[]): AsyncGenerator<number[]> {
  for (let from = 0; from < ids.length; from += 1000) yield ids.slice(from, from + 1000)
}
