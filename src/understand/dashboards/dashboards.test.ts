import { expect, test } from 'vitest'
import { serverOf, useHouse } from '#platform/testing/index.ts'
import { reports } from '#understand/reports/index.ts'
import { dashboards } from './index.ts'

const house = useHouse()

test('a page of numbers is saved in its order, arranged anew, and refused where a report on it is not there', async () => {
  const ctx = await house()
  const server = serverOf(ctx, [reports, dashboards])
  const { body: report } = await server.request('POST', '/reports', {
    body: { name: 'Sales', asks: { metrics: ['revenue'] } },
  })
  const sales = { show: 'report', reportId: report.id, wide: true }
  const flow = { show: 'picture', picture: 'flow', wide: false }
  const edit = (body: object, version: number) =>
    server.request('PATCH', '/dashboards/1', { body, headers: { 'if-match': `"${version}"` } })

  const { status, body: made } = await server.request('POST', '/dashboards', {
    body: { name: 'Monday', shows: [sales, flow] },
  })
  const wrong = await server.request('POST', '/dashboards', {
    body: { name: 'x', shows: [{ ...sales, reportId: 99 }] },
  })
  const taken = await server.request('POST', '/dashboards', { body: { name: 'monday', shows: [] } })
  const arranged = await edit({ shows: [flow, sales] }, made.version)
  const stale = await edit({ shows: [] }, made.version)

  expect([status, made.shows]).toEqual([201, [sales, flow]])
  expect([wrong.body.code, taken.body.code]).toEqual(['dashboards.no_such_report', 'dashboards.taken_name'])
  expect(arranged.body.shows).toEqual([flow, sales])
  expect(stale.status).toBe(412)
  // A report that is deleted leaves its place empty; the page stays.
  expect((await server.request('DELETE', `/reports/${report.id}`)).status).toBe(200)
  expect((await server.request('GET', '/dashboards/1')).body.shows).toHaveLength(2)
  expect((await server.request('DELETE', '/dashboards/1')).status).toBe(200)
  expect((await server.request('GET', '/dashboards')).body.items).toEqual([])
})
