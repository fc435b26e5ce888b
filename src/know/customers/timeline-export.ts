import { z } from 'zod'
import { merchantOf } from '#know/shops/index.ts'
import { append, note } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { shape } from '#platform/contract/index.ts'
import { dayIn } from '#platform/days.ts'
import { writeCsv } from '#platform/files/index.ts'
import { download, readJson } from '#platform/http/index.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import type { StreamRoute } from '#platform/module.ts'
import { Refusal } from '#platform/refusal.ts'
import { type TimelineFact, timelineFilter } from './contract.ts'
import { seenProfiles } from './customer.ts'
import { type TimelineAsked, type TimelineSource, timelineOf } from './timeline.ts'
import type { TimelineTeller } from './timeline-words.ts'

const wanted = z.object({ ...timelineFilter, text: shape.text(100).optional(), format: z.enum(['csv', 'json']) })
const columns = ['at', 'kind', 'what', 'words', 'who'] as const

/** A customer's timeline, or what a filter leaves of it, as CSV or JSON, as the reader is shown it. A bulk read in the audit log. */
export function timelineExport(
  also: readonly TimelineSource[] = [],
  tellers: readonly TimelineTeller[] = [],
): StreamRoute {
  return {
    method: 'POST',
    path: '/customers/:id/timeline/exports',
    summary: 'Export what happened with a customer as CSV or JSON',
    tag: 'Customers',
    meta: { may: 'customers.export', scope: 'rows', rate: 'heavy', once: false, edit: false },
    maxBytes: 10_000,
    shows: 'customers',
    async handle(ctx, request, params) {
      const parsed = wanted.safeParse(await readJson(request))
      const id = shape.id.safeParse(Number(params.id))
      if (!parsed.success || !id.success) throw new Refusal('invalid', 'http.invalid_input')
      await seenProfiles(ctx, id.data)
      const { format, text, ...filter } = parsed.data
      note(ctx, { data: { format, ...filter, searched: text !== undefined } })
      const asked = { ...filter, ...(text ? { text } : {}) }
      const written = told(ctx, id.data, () => eachPage(ctx, id.data, asked, also, tellers), format)
      const day = dayIn((await merchantOf(ctx)).zone, ctx.clock.now())
      return download(written, `timeline-${id.data}-${day}.${format}`)
    },
  }
}

async function* eachPage(
  ctx: Context,
  id: number,
  asked: Omit<TimelineAsked, 'limit' | 'after'>,
  also: readonly TimelineSource[],
  tellers: readonly TimelineTeller[],
): AsyncGenerator<TimelineFact[]> {
  let after: string | undefined
  do {
    const page = await timelineOf(ctx, id, { ...asked, limit: 200, after }, also, tellers)
    yield page.items
    after = page.next
  } while (after)
}

/** The file, and when its last row has left, or its reader hung up, the entry in the audit log. */
async function* told(
  ctx: Context,
  id: number,
  pages: () => AsyncGenerator<TimelineFact[]>,
  format: 'csv' | 'json',
): AsyncGenerator<Uint8Array> {
  const locale = ctx.actor.locale as Locale
  let count = 0
  let whole = false
  async function* rows(): AsyncGenerator<string[]> {
    for await (const page of pages()) {
      count += page.length
      for (const fact of page) yield cells(fact)
    }
  }
  async function* json(): AsyncGenerator<Uint8Array> {
    const bytes = new TextEncoder()
    yield bytes.encode('[')
    for await (const page of pages()) {
      for (const { at, kind, sentence, words, actor, actorName, data } of page) {
        yield bytes.encode(
          `${count ? ',' : ''}\n${JSON.stringify({ at, kind, sentence, words, actor, actorName, data })}`,
        )
        count += 1
      }
    }
    yield bytes.encode('\n]\n')
  }
  try {
    if (format === 'json') yield* json()
    else
      yield* writeCsv(rows(), { columns: columns.map((column) => say(locale, `customers.timeline_column.${column}`)) })
    whole = true
  } finally {
    await append(ctx, {
      action: 'customers.timeline_exported',
      object: 'customers',
      objectId: String(id),
      rows: count,
      data: { format },
      outcome: whole ? 'done' : 'broken',
    })
  }
}

function cells({ at, kind, sentence, words, actor, actorName }: TimelineFact): string[] {
  return [at, kind, sentence, words ?? '', actorName ?? actor]
}
