import { z } from 'zod'
import { merchantOf } from '#know/shops/index.ts'
import { append, note } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { dayIn } from '#platform/days.ts'
import { writeCsv } from '#platform/files/index.ts'
import { download, readJson } from '#platform/http/index.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import type { StreamRoute } from '#platform/module.ts'
import { Refusal } from '#platform/refusal.ts'
import { type AuditEntry, type AuditFilter, auditFilter } from './contract.ts'
import { eachEntry } from './list-entries.ts'

const columns = [
  ...['number', 'at', 'actor', 'name', 'ip', 'action', 'outcome', 'object', 'id', 'times', 'rows', 'reason'],
  ...['data', 'shown'],
] as const

/** The log, or what a filter leaves of it, as CSV; an entry of the log itself. Values of people are masked in it as in the log. */
export const exportRoute: StreamRoute = {
  method: 'POST',
  path: '/audit/export',
  summary: 'Export the audit log as CSV',
  tag: 'Audit',
  meta: { may: 'audit.read', scope: 'all', rate: 'heavy', once: false, edit: false },
  maxBytes: 10_000,
  async handle(ctx, request) {
    const parsed = z.object(auditFilter).safeParse(await readJson(request))
    if (!parsed.success) throw new Refusal('invalid', 'http.invalid_input')
    note(ctx, { data: { filter: parsed.data } })
    const day = dayIn((await merchantOf(ctx)).zone, ctx.clock.machine())
    return download(exported(ctx, parsed.data), `audit-${day}.csv`)
  },
}

async function* exported(ctx: Context, filter: AuditFilter): AsyncGenerator<Uint8Array> {
  const locale = ctx.actor.locale as Locale
  let count = 0
  let whole = false
  async function* rows() {
    for await (const page of eachEntry(ctx, filter)) {
      count += page.length
      for (const entry of page) yield cells(entry)
    }
  }
  try {
    yield* writeCsv(rows(), { columns: columns.map((column) => say(locale, `audit.column.${column}`)) })
    whole = true
  } finally {
    await append(ctx, { action: 'audit.exported', object: 'audit', rows: count, outcome: whole ? 'done' : 'broken' })
  }
}

function cells(entry: AuditEntry): string[] {
  const told = [
    ...[entry.number, entry.at, entry.actor, entry.actorName, entry.ip, entry.action, entry.outcome],
    ...[entry.object, entry.objectId, entry.times, entry.rows, entry.reason],
  ]
  return [
    ...told.map((cell) => (cell === null ? '' : String(cell))),
    JSON.stringify(entry.data),
    entry.shown ? JSON.stringify(entry.shown) : '',
  ]
}
