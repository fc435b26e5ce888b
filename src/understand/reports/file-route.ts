import { z } from 'zod'
import { note } from '#platform/audit/index.ts'
import { shape } from '#platform/contract/index.ts'
import { download, readJson } from '#platform/http/index.ts'
import type { StreamRoute } from '#platform/module.ts'
import { Refusal } from '#platform/refusal.ts'
import { asks } from './contract.ts'
import { exportReport, formats } from './export-report.ts'

const wanted = z.object({ name: shape.text(80), asks, format: z.enum(formats).default('csv') })

/** The answer to a report, saved or not, as CSV or as a workbook, for whom the reader sees. */
export const fileRoute: StreamRoute = {
  method: 'POST',
  path: '/reports/file',
  summary: 'Export the answer to a report as CSV or XLSX',
  tag: 'Reports',
  meta: { may: 'insight.read', scope: 'rows', rate: 'heavy', once: false, edit: false },
  maxBytes: 200_000,
  async handle(ctx, request) {
    const parsed = wanted.safeParse(await readJson(request))
    if (!parsed.success) throw new Refusal('invalid', 'http.invalid_input')
    const { name, format } = parsed.data
    note(ctx, { data: { name, format } })
    const file = await exportReport(ctx, { ...parsed.data, signal: request.signal })
    // Without its name, which may be a person's. The page names the file.
    return download(file, `report.${format}`)
  },
}
