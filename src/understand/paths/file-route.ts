import { note } from '#platform/audit/index.ts'
import { download, readJson } from '#platform/http/index.ts'
import type { StreamRoute } from '#platform/module.ts'
import { Refusal } from '#platform/refusal.ts'
import { pathsWanted } from './contract.ts'
import { exportPaths } from './export-paths.ts'

/** The answer as CSV, for whom the reader sees. */
export const fileRoute: StreamRoute = {
  method: 'POST',
  path: '/paths/file',
  summary: 'Export what customers did next as CSV',
  tag: 'Insight',
  meta: { may: 'insight.read', scope: 'rows', rate: 'heavy', once: false, edit: false },
  maxBytes: 200_000,
  async handle(ctx, request) {
    const wanted = pathsWanted.safeParse(await readJson(request))
    if (!wanted.success) throw new Refusal('invalid', 'http.invalid_input')
    note(ctx, { data: { format: 'csv' } })
    return download(await exportPaths(ctx, wanted.data, request.signal), 'paths.csv')
  },
}
