import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { choose, tabTo } from './controls.ts'
import { type Purchase, taobaoFile } from './taobao-file.ts'
import { expect, inTwoLanguages, test } from './walk.ts'

test.use({ houseName: 'numbers', ...inTwoLanguages })
test.describe.configure({ mode: 'serial' })

/** Sixty buyers over eight months; every third comes back after a month, every sixth again after another. */
const purchases: Purchase[] = Array.from({ length: 60 }, (_, buyer) => {
  const first = 240 - buyer * 4
  const days = [first, ...(buyer % 3 === 0 ? [first - 31] : []), ...(buyer % 6 === 0 ? [first - 62] : [])]
  return days.filter((ago) => ago >= 0).map((daysAgo) => ({ buyer, daysAgo, amount: 50 + buyer * 3 }))
}).flat()

test('what each number means is told in one place', async ({ page, house, asOwner, say, look }) => {
  expect(asOwner.name).toBe('林店长')
  const folder = await mkdtemp(join(tmpdir(), 'regulars-file-'))
  await writeFile(join(folder, '订单.csv'), taobaoFile(purchases, new Date()))
  await promisify(execFile)(
    process.execPath,
    ['src/main.ts', 'import', join(folder, '订单.csv'), '--preset', 'taobao-orders', '--json'],
    { cwd: join(import.meta.dirname, '../..'), env: { ...process.env, REGULARS_DATA: house.data } },
  )
  await rm(folder, { recursive: true })

  await page.goto('/')
  await page
    .getByRole('navigation', { name: say('metrics.more') })
    .getByRole('link', { name: say('metrics.definitions') })
    .click()
  await expect(page.getByRole('heading', { name: say('metrics.repurchaseRate'), exact: true })).toBeVisible()
  await look('definitions')
})

test('cohorts: a cell is reached by keyboard and opens as many people as it says', async ({
  page,
  asOwner,
  say,
  look,
  isMobile,
}) => {
  expect(asOwner.name).toBe('林店长')
  await page.goto('/overview/cohorts')
  const cells = page.locator('.cohorts tbody td button')
  await expect(cells.first()).toBeVisible()
  await look('cohorts')
  const whole = (await cells.first().getAttribute('aria-label')) ?? ''
  const numbers = whole.match(/\d+/g)!.map(Number)
  await tabTo(page, cells.first())
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/customers\?.*where=/)
  const count = page.locator('.ledger-tools').first()
  await expect(count).toContainText(/\d/)
  expect(numbers).toContain(Number(/\d+/.exec((await count.textContent()) ?? '')?.[0]))

  await page.goto('/overview/cohorts')
  await choose(page, page.getByRole('combobox', { name: say('cohorts.by'), exact: true }), say('cohorts.by.shop'))
  await expect(page.locator('.cohorts tbody tr')).toHaveCount(1)
  await page.getByText(say('metrics.retention'), { exact: true }).first().click()
  await expect(page).toHaveURL(/what=back/)
  if (!isMobile) await look('cohorts-by-shop')
})

test('a report is chosen, read, saved and opened by its address; a number of it opens its people', async ({
  page,
  asOwner,
  say,
  look,
}) => {
  expect(asOwner.name).toBe('林店长')
  await page.goto('/overview/reports')
  await expect(page.getByText(say('reports.empty'), { exact: true })).toBeVisible()
  await page
    .getByRole('link', { name: say('reports.new') })
    .first()
    .click()
  await choose(page, page.getByRole('combobox', { name: say('reports.split') }), say('reports.split.stage'))
  const active = page.locator('.report-table tbody tr').filter({ hasText: say('web.stage.active') })
  await expect(active).toBeVisible()
  await expect(page.locator('.ant-select-dropdown:visible')).toHaveCount(0)
  await choose(page, page.getByRole('combobox', { name: say('reports.compare') }), say('reports.compare.before'))
  await expect(active.locator('.report-before').first()).toBeVisible()
  await page.getByLabel(say('reports.name'), { exact: true }).fill('阶段营业额')
  await look('report')
  await page.getByRole('button', { name: say('web.save') }).click()
  await page.getByRole('link', { name: '阶段营业额' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '阶段营业额' })).toBeVisible()

  const buyers = active.getByRole('link').last()
  const said = Number(await buyers.textContent())
  await buyers.click()
  await expect(page).toHaveURL(/\/customers\?.*where=/)
  await expect(page.locator('.ledger-tools').first()).toContainText(String(said))
})

test('the house’s own dashboard is read, and another arranged from it by keyboard', async ({
  page,
  asOwner,
  say,
  look,
}) => {
  expect(asOwner.name).toBe('林店长')
  await page.goto('/overview/dashboards')
  await expect(page.getByRole('heading', { name: say('value.migration') })).toBeVisible()
  await expect(page.locator('.migration')).toBeVisible()
  await look('dashboard')
  await page.getByRole('link', { name: say('dashboards.new') }).click()
  await page.getByLabel(say('reports.name'), { exact: true }).fill('周一看板')
  await choose(page, page.getByRole('combobox', { name: say('dashboards.add') }), '阶段营业额')
  const places = page.getByRole('list', { name: say('dashboards.order') }).getByRole('listitem')
  await expect(places.last()).toContainText('阶段营业额')
  await tabTo(page, page.getByRole('button', { name: say('dashboards.up', { what: '阶段营业额' }) }))
  await page.keyboard.press('Enter')
  await expect(places.last()).not.toContainText('阶段营业额')
  await look('dashboard-arranged')
  await page.getByRole('button', { name: say('web.save') }).click()
  await expect(page.getByRole('heading', { level: 1, name: '周一看板' })).toBeVisible()
  await expect(page.getByRole('heading', { level: 2, name: '阶段营业额' })).toBeVisible()
})

test('Today says where the news of the week will stand', async ({ page, asOwner, say, look }) => {
  expect(asOwner.name).toBe('林店长')
  await page.goto('/today')
  await expect(page.getByRole('heading', { name: say('digest.last_week') })).toBeVisible()
  await page.goto('/overview/weeks')
  await expect(page.getByText(say('digest.none_means'))).toBeVisible()
  await look('weeks')
})

test('a funnel is chosen by keyboard and says of each step who came so far', async ({ page, asOwner, say, look }) => {
  expect(asOwner.name).toBe('林店长')
  await page.goto('/overview/funnels')
  const rows = page.locator('.funnel tbody tr')
  await expect(rows).toHaveCount(3)
  await choose(page, page.getByRole('combobox', { name: say('funnels.step', { at: 1 }) }), say('query.event.bought'))
  await expect(rows.first().getByRole('link').first()).toHaveText(/^\d+$/)
  await tabTo(page, page.getByRole('button', { name: say('funnels.take_off', { at: 2 }) }))
  await page.keyboard.press('Enter')
  await expect(rows).toHaveCount(2)
  await look('funnel')
  // Orders alone are known here: who bought twice within half an hour did nothing between.
  await page.goto('/overview/paths')
  const steps = page.getByRole('list', { name: say('paths.ways') })
  const bought = steps
    .getByRole('listitem')
    .filter({ hasText: say('query.event.bought') })
    .getByRole('link')
    .first()
  await expect(bought).toHaveText(/\d/)
  await choose(page, page.getByRole('combobox', { name: say('paths.period') }), say('paths.last', { days: 90 }))
  await page.getByLabel(say('paths.compare')).check()
  await expect(steps.getByText(say('paths.was', { value: '' }).trim()).first()).toBeVisible()
  await look('paths')
  const numbers = ((await bought.textContent()) ?? '').match(/\d+/g)!.map(Number)
  await tabTo(page, bought)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/customers\?.*where=/)
  const count = page.locator('.ledger-tools').first()
  await expect(count).toContainText(/\d/)
  expect(numbers).toContain(Number(/\d+/.exec((await count.textContent()) ?? '')?.[0]))
  // Orders of Taobao name no products here.
  await page.goto('/overview/affinity')
  await expect(page.getByText(say('affinity.empty_means'))).toBeVisible()
  await look('affinity-empty')
})
