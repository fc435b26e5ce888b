import { implement } from '@orpc/server'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { type Report, reportsContract } from './contract.ts'
import { addReport, editReport, removeReport } from './keep-reports.ts'
import { reportOf, reportsOf } from './report.ts'
import { runReport } from './run-report.ts'

const api = implement(reportsContract).$context<RequestContext>()

async function tagged(ctx: RequestContext, answer: Promise<Report>): Promise<Report> {
  const report = await answer
  tagVersion(ctx, report.version)
  return report
}

export const reportsRouter = api.router({
  list: api.list.handler(async ({ context }) => ({ items: await reportsOf(context) })),
  get: api.get.handler(({ context, input }) => tagged(context, reportOf(context, input.id))),
  add: api.add.handler(({ context, input }) => tagged(context, addReport(context, input))),
  edit: api.edit.handler(({ context, input }) => tagged(context, editReport(context, editedVersion(context), input))),
  remove: api.remove.handler(async ({ context, input }) => {
    await removeReport(context, input.id)
    return {}
  }),
  run: api.run.handler(({ context, input, signal }) => runReport(context, input, signal)),
})
