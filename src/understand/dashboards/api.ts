import { implement } from '@orpc/server'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { type Dashboard, dashboardsContract } from './contract.ts'
import { dashboardOf, dashboardsOf } from './dashboard.ts'
import { addDashboard, editDashboard, removeDashboard } from './keep-dashboards.ts'

const api = implement(dashboardsContract).$context<RequestContext>()

async function tagged(ctx: RequestContext, answer: Promise<Dashboard>): Promise<Dashboard> {
  const dashboard = await answer
  tagVersion(ctx, dashboard.version)
  return dashboard
}

export const dashboardsRouter = api.router({
  list: api.list.handler(async ({ context }) => ({ items: await dashboardsOf(context) })),
  get: api.get.handler(({ context, input }) => tagged(context, dashboardOf(context, input.id))),
  add: api.add.handler(({ context, input }) => tagged(context, addDashboard(context, input))),
  edit: api.edit.handler(({ context, input }) =>
    tagged(context, editDashboard(context, editedVersion(context), input)),
  ),
  remove: api.remove.handler(async ({ context, input }) => {
    await removeDashboard(context, input.id)
    return {}
  }),
})
