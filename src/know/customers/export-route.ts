import { z } from 'zod'
import { ownFieldsOf } from '#know/fields/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import { note } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { shape } from '#platform/contract/index.ts'
import { dayIn } from '#platform/days.ts'
import { download, readJson } from '#platform/http/index.ts'
import type { Locale } from '#platform/i18n/index.ts'
import type { StreamRoute } from '#platform/module.ts'
import { Refusal } from '#platform/refusal.ts'
import { customerColumn } from './contract.ts'
import { exportCustomers, isMasked, type MoreCells, newestIds } from './export-customers.ts'
import { sensitiveOf } from './own-values.ts'

/** Columns that a higher module tells of customers. */
export type ToldColumns = {
  /** Their keys. */
  columns: readonly string[]
  /** How they are told, of the given list or of all customers; read once for a whole export. */
  tell: (ctx: Context, list: unknown) => Promise<MoreCells>
}

/** What a list of a higher module shows: whom, in its order, and its own columns of them. */
export type Listed = ToldColumns & {
  ids: (ctx: Context, list: unknown) => AsyncIterable<readonly number[]>
}

const wanted = z.object({
  /** `customerColumn`s and those of the list, in the order to write. */
  columns: z.array(z.string().max(30)).min(1).max(60),
  /** Only these, in this order. */
  ids: z.array(shape.id).max(10_000).optional(),
  /** Those of a list of a higher module, described in its own words. */
  list: z.unknown().optional(),
})

/**
 * What is shown, as CSV. Columns that the actor is not shown whole are masked here too; their headings and the file's name say so.
 * Without `ids` and `list`: all, newest first.
 */
export function exportRoute(listed?: Listed, further: readonly ToldColumns[] = []): StreamRoute {
  const tellers = listed ? [listed, ...further] : further
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
      const fields = await ownFieldsOf(ctx)
      const known = [
        ...customerColumn.options,
        ...fields.map(({ key }) => key),
        ...tellers.flatMap((one) => one.columns),
      ]
      if (!columns.every((column) => known.includes(column))) throw new Refusal('invalid', 'http.invalid_input')
      const asked = tellers.filter((one) => columns.some((column) => one.columns.includes(column)))
      const more = together(asked, await Promise.all(asked.map((one) => one.tell(ctx, list))))
      const batches = ids ? inBatches(ids) : list !== undefined && listed ? listed.ids(ctx, list) : newestIds(ctx)
      const masked = columns.filter((column) => isMasked(ctx.actor, column, sensitiveOf(fields)))
      note(ctx, { data: { columns, masked, ids: ids?.length, filtered: list !== undefined } })
      const file = exportCustomers(ctx, batches, columns, ctx.actor.locale as Locale, more)
      const day = dayIn((await merchantOf(ctx)).zone, ctx.clock.now())
      return download(file, `customers-${day}${masked.length > 0 ? '-masked' : ''}.csv`)
    },
  }
}

/** What several modules tell, as one. */
function together(tellers: readonly ToldColumns[], told: readonly MoreCells[]): MoreCells {
  const ownerOf = (column: string) => told[tellers.findIndex((one) => one.columns.includes(column))]
  return {
    heading: (column) => ownerOf(column)?.heading(column) ?? column,
    numeric: told.flatMap((one) => one.numeric),
    async cells(ids) {
      const cells = await Promise.all(told.map((one) => one.cells(ids)))
      return new Map(ids.map((id) => [id, Object.assign({}, ...cells.map((one) => one.get(id)))]))
    },
  }
}

async function* inBatches(ids: readonly number[]): AsyncGenerator<number[]> {
  for (let from = 0; from < ids.length; from += 1000) yield ids.slice(from, from + 1000)
}
