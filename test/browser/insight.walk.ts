import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { choose, expectNoOverflow, tabTo } from './controls.ts'
import { type Purchase, taobaoFile } from './taobao-file.ts'
import { told } from './told.ts'
import { expect, expectAccessible, inTwoLanguages, test } from './walk.ts'

test.use({ houseName: 'insight', ...inTwoLanguages })
test.describe.configure({ mode: 'serial' })

const people = (first: number, last: number, daysAgo: number): Purchase[] =>
  Array.from({ length: last - first + 1 }, (_, at) => ({
    buyer: first + at,
    daysAgo,
    amount: 20 + (first + at) * 3,
  }))

/** 60 buyers: 30 active (10 of them new), 15 silent, 10 sleeping, 5 lost; the half of them bought twice. */
const purchases = [
  ...people(0, 29, 10),
  ...people(10, 29, 100),
  ...people(30, 44, 120),
  ...people(45, 54, 200),
  ...people(45, 54, 300),
  ...people(55, 59, 300),
]
const closed = { buyer: 7, daysAgo: 20, amount: 999, closed: true }
const revenue = purchases.reduce((sum, { amount }) => sum + amount, 0)

test('orders come in by the command line beside the running shop', async ({ house, owner }) => {
  expect(owner.name).toBe('林店长')
  const folder = await mkdtemp(join(tmpdir(), 'regulars-file-'))
  const file = join(folder, '订单.csv')
  await writeFile(file, taobaoFile([...purchases, closed], new Date()))

  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['src/main.ts', 'import', file, '--preset', 'taobao-orders', '--json'],
    { cwd: join(import.meta.dirname, '../..'), env: { ...process.env, REGULARS_DATA: house.data } },
  )
  await rm(folder, { recursive: true })

  const told = JSON.parse(stdout.trim().split('\n').at(-1)!)
  expect(told).toMatchObject({ lines: 91, orders: 91, customers: 60, anonymousLines: 0 })
  expect(Number(told.revenue)).toBe(revenue)
})

test('the overview tells the shop at a glance; each number is defined and opens its people', async ({
  page,
  asOwner,
  say,
  shot,
}) => {
  expect(asOwner.name).toBe('林店长')
  await page.goto('/')
  const all = page.getByLabel(say('metrics.in_all'), { exact: true })
  const metric = (key: string) =>
    all.locator('.metric').filter({ has: page.getByRole('button', { name: say(`metrics.${key}`), exact: true }) })
  await expect(metric('customers').locator('.metric-value')).toHaveText('60')
  await expect(metric('buyers').locator('.metric-value')).toHaveText('60')
  await expect(metric('purchases').locator('.metric-value')).toHaveText('90')
  await expect(metric('repurchaseRate').locator('.metric-value')).toHaveText(/^50(\.0)?%$/)
  await expect(metric('revenue').locator('.metric-value')).toContainText(revenue.toLocaleString('en'))

  for (const [stage, count] of [
    ['active', 30],
    ['silent', 15],
    ['sleeping', 10],
    ['lost', 5],
  ] as const) {
    const share = page.getByRole('link').filter({ hasText: say(`web.stage.${stage}`) })
    await expect(share.locator('.number').first()).toHaveText(String(count))
  }
  await page.waitForLoadState('networkidle')
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('overview')

  await metric('repurchaseRate').getByRole('button').click()
  await expect(page.locator('.bubble:popover-open')).toBeVisible()
  await expectAccessible(page)
  await shot('overview-definition')
  await page.keyboard.press('Escape')

  const charts = page.getByRole('button', { name: say('web.chart_as_table') })
  await charts.first().click()
  await expect(page.getByRole('button', { name: say('web.chart_as_chart') })).toBeVisible()
  await shot('overview-table')

  await tabTo(
    page,
    page
      .getByRole('link')
      .filter({ hasText: say('web.stage.silent') })
      .first(),
  )
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/customers\?.*where=/)
  await expect(page.getByText(say('customers.count', { count: 15 }), { exact: true })).toBeVisible()
  await page.waitForLoadState('networkidle')
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('customers-behind-a-number')
  await page.getByRole('button', { name: say('value.show_all') }).click()
  await expect(page.getByText(say('customers.count', { count: 60 }), { exact: true })).toBeVisible()
})

test('a forecast is made when asked for: a shop too small for a model says so, and judges nobody by guess', async ({
  page,
  asOwner,
  say,
  shot,
}) => {
  expect(asOwner.name).toBe('林店长')
  await page.goto('/overview/predictions')
  await expect(page.getByText(say('predictions.empty'), { exact: true })).toBeVisible()
  await page.getByRole('button', { name: say('predictions.make') }).click()
  await expect(page.getByText(say('predictions.fault.too_few'))).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('heading', { name: say('predictions.to_do') })).toBeVisible()
  const unjudged = page.getByRole('listitem').filter({ hasText: say('predictions.step.none') })
  await expect(unjudged.locator('.number')).toHaveText('60')
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('forecast')
})

test('the list is filtered, sorted and paged', async ({ page, asOwner, say, isMobile, shot }) => {
  expect(asOwner.name).toBe('林店长')
  await page.goto('/customers')
  const rows = isMobile ? page.locator('.card') : page.locator('tbody tr')
  await expect(rows).toHaveCount(50)
  await page.getByRole('button', { name: say('web.next') }).click()
  await expect(rows).toHaveCount(10)
  await page.getByRole('button', { name: say('web.previous') }).click()
  await expect(rows).toHaveCount(50)

  const most = say('web.sort_most', { by: say('value.revenue') })
  if (isMobile) await choose(page, page.getByRole('combobox', { name: say('web.sort') }), most)
  else
    await page
      .getByRole('columnheader', { name: say('value.revenue') })
      .getByRole('button')
      .click()
  await expect(page).toHaveURL(/sort=-revenue/)
  // Buyer 54 spent the most: twice 182.00.
  await expect(rows.first()).toContainText('收货人54')
  await expect(rows.first()).toContainText('364')

  await choose(page, page.getByRole('combobox', { name: say('value.column.stage') }), say('web.stage.lost'))
  await expect(page).toHaveURL(/stage=lost/)
  await expect(rows).toHaveCount(5)
  await expect(rows.first()).toContainText('收货人59')
  await page.waitForLoadState('networkidle')
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('customers-filtered')

  await page.reload()
  await expect(rows).toHaveCount(5)
  await rows.first().getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.goBack()
  await expect(rows).toHaveCount(5)
  await page.getByRole('button', { name: say('web.clear_filters') }).click()
  await expect(rows).toHaveCount(50)
})

test('the limits of the stages are changed: who would move is told before, and they move', async ({
  page,
  asOwner,
  say,
  shot,
}) => {
  expect(asOwner.name).toBe('林店长')
  await page.goto('/settings')
  await expectAccessible(page)
  await shot('settings')
  await page.getByRole('link', { name: new RegExp(say('lifecycle.settings')) }).click()
  const active = page.getByLabel(say('lifecycle.active_until'))
  await expect(active).toHaveValue('90')
  await active.fill('200')
  await expect(page.getByText(say('lifecycle.not_rising')).first()).toBeVisible()
  await active.fill('130')
  const preview = page.getByRole('listitem').filter({ hasText: say('web.stage.silent') })
  await expect(preview).toContainText('15')
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('thresholds')
  await tabTo(page, page.getByRole('button', { name: say('web.save') }))
  await page.keyboard.press('Enter')
  await expect(page.getByText(say('web.unsaved'))).toHaveCount(0)

  await page.goto('/')
  const share = page.getByRole('link').filter({ hasText: say('web.stage.active') })
  await expect(share.locator('.number').first()).toHaveText('45')
})

test('who is about to turn is listed before it happens, and each category has its stages and limits', async ({
  page,
  asOwner,
  say,
  isMobile,
  look,
}) => {
  expect(asOwner.name).toBe('林店长')
  await page.goto('/overview/turning')
  const rows = isMobile ? page.locator('.card') : page.locator('tbody tr')
  await expect(rows).toHaveCount(15)
  // The dearest of them, 120 days silent of 130.
  await expect(rows.first()).toContainText('收货人44')
  await expect(rows.first()).toContainText(say('value.days', { days: 10 }))
  await look('turning')
  await page.getByText(say('web.stage.lost'), { exact: true }).first().click()
  await expect(page.getByText(say('value.turning_nobody'))).toBeVisible()

  const product = await told(page, '/products', { code: 'GIFT', name: '茶礼盒', category: '茶礼' })
  const { items } = await (await page.request.get('/api/customers?limit=1')).json()
  const lines = [{ productId: product.id, quantity: 1, unitPrice: '88' }]
  await told(page, '/orders', { shopId: 1, customerId: items[0].id, number: 'L1', status: 'completed', lines })
  await expect(async () => {
    await page.goto('/overview/stages')
    await expect(page.getByRole('row').filter({ hasText: '茶礼' })).toBeVisible({ timeout: 3_000 })
  }).toPass()
  await expect(page.getByRole('row').filter({ hasText: '茶礼' }).getByRole('link', { name: '1' })).toBeVisible()
  await look('stages-by-category')

  await page.goto('/settings/lifecycle')
  await page.getByRole('link', { name: '茶礼', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('lifecycle.goods_settings', { name: '茶礼' }))
  await expect(page.getByText(say('lifecycle.gaps_few'), { exact: false })).toBeVisible()
  await page.getByLabel(say('lifecycle.sleeping_until')).fill('700')
  await expect(page.getByText(say('lifecycle.who_would_move'))).toBeVisible()
  await look('limits-of-a-category')
  await page.getByRole('button', { name: say('web.save') }).click()
  await expect(page).toHaveURL(/\/settings\/lifecycle$/)
  await expect(page.getByRole('listitem').filter({ hasText: '茶礼' })).not.toContainText(say('lifecycle.as_shop'))
  await look('limits-by-category')
})

test('a state of the shop’s own is declared, given with a reason, and opened from the overview', async ({
  page,
  asOwner,
  say,
  isMobile,
  look,
}) => {
  expect(asOwner.name).toBe('林店长')
  const state = isMobile ? '常客候选' : 'VIP candidate'
  await page.goto('/settings/states')
  await page.getByRole('button', { name: say('states.add') }).click()
  await page.getByLabel(say('states.name')).fill(state)
  await page.getByLabel(say('states.meaning')).fill('Twice in a quarter')
  await page.getByRole('button', { name: say('web.save') }).click()
  await expect(page.getByText(state, { exact: true })).toBeVisible()
  await look('states')

  await page.goto('/customers?stage=lost')
  const rows = isMobile ? page.locator('.card') : page.locator('tbody tr')
  await rows.first().getByRole('link').first().click()
  await page.getByRole('button', { name: say('states.move_to', { name: state }) }).click()
  await page.getByRole('textbox', { name: say('states.why') }).fill('Asked for the spring list')
  await tabTo(page, page.getByRole('button', { name: say('states.move_to', { name: state }) }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('list', { name: say('states.history') })).toContainText('Asked for the spring list')
  await look('customer-with-state')

  await page.goto('/')
  const metric = page.locator('.metric').filter({ has: page.getByRole('button', { name: state, exact: true }) })
  await metric.getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(state)
  await expect(page.getByText('Asked for the spring list')).toBeVisible()
  await look('people-in-a-state')
})

test('what a new buyer costs is told once a source has costs and the margin is said', async ({
  page,
  asOwner,
  say,
  look,
}) => {
  expect(asOwner.name).toBe('林店长')
  await page.goto('/overview/payback')
  await expect(page.getByText(say('value.payback_empty'), { exact: true })).toBeVisible()
  await look('payback-empty')
  const month = new Date().toISOString().slice(0, 7)
  const saved = await page.request.put(`/api/arrival-costs/1/${month}`, {
    headers: { 'idempotency-key': crypto.randomUUID() },
    data: { amount: 250_000 },
  })
  expect(saved.status()).toBe(200)
  await page.reload()
  await expect(page.getByText(say('value.margin_missing'))).toBeVisible()
  await page.getByLabel(say('value.margin')).fill('40')
  await page.getByRole('button', { name: say('web.save') }).click()
  await expect(page.getByText(say('value.margin_missing'))).toHaveCount(0)
  await look('payback')

  await page.goto('/settings/value')
  await page.getByLabel(say('value.class_means.retain')).fill('台柱')
  await look('names-of-classes')
  await page.getByRole('button', { name: say('web.save') }).click()
  await expect(page.getByText(say('web.unsaved'))).toHaveCount(0)
  await page.goto('/')
  await expect(page.getByText('台柱', { exact: true }).first()).toBeVisible()
})

test('shops, channels and brands are kept on their pages', async ({ page, asOwner, say, shot }) => {
  expect(asOwner.name).toBe('林店长')
  await page.goto('/settings/shops')
  await expect(page.getByText(say('shops.channels.empty'), { exact: true })).toBeVisible()
  await page.waitForLoadState('networkidle')
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('places')

  for (const [place, name] of [
    ['channels', '微信'],
    ['brands', '云栖'],
    ['shops', '小程序'],
  ] as const) {
    await page.goto(`/settings/${place}/new`)
    await page.getByLabel(say('shops.name'), { exact: true }).fill(name)
    if (place === 'shops') {
      await choose(page, page.getByRole('combobox', { name: say('shops.channel') }), '微信')
      await choose(page, page.getByRole('combobox', { name: say('shops.brand') }), '云栖')
      await page.getByRole('combobox', { name: say('shops.position_from') }).click()
      await page.keyboard.type('hangzhou')
      await page
        .locator('.ant-select-tree-title')
        .filter({ hasText: /^(杭州|Hangzhou)$/ })
        .click()
      await expect(page.getByLabel(say('shops.latitude'))).toHaveValue('30.294')
    }
    if (place !== 'brands') {
      await expectNoOverflow(page)
      await expectAccessible(page)
      await shot(`${place}-new`)
    }
    await tabTo(page, page.getByRole('button', { name: say('web.save') }))
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/settings\/shops$/)
    await expect(page.getByRole('link', { name, exact: true })).toBeVisible()
  }
  await page.getByRole('link', { name: '小程序', exact: true }).click()
  await page.getByLabel(say('shops.name'), { exact: true }).fill('微信小程序')
  await page.getByRole('button', { name: say('web.save') }).click()
  await expect(page.getByRole('link', { name: '微信小程序' })).toBeVisible()
  await shot('places-three')

  await page.goto('/settings/merchant')
  await expect(page.getByText(say('shops.zone_fixed'))).toBeVisible()
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('merchant')
})

test.describe(() => {
  test.use({ language: 'zh-TW' })

  test('every page speaks the Chinese of Taiwan, and no text is missing', async ({ page, asOwner, say, shot }) => {
    expect(asOwner.name).toBe('林店长')
    const titles: Record<string, string> = {
      '/': 'metrics.title',
      '/customers': 'customers.title',
      '/customers/new': 'customers.add',
      '/orders': 'orders.title',
      '/orders/new': 'orders.record',
      '/products': 'catalog.title',
      '/products/new': 'catalog.add',
      '/settings': 'web.nav.settings',
      '/settings/lifecycle': 'lifecycle.settings',
      '/settings/shops': 'shops.places',
      '/settings/staff': 'staff.title',
      '/settings/account': 'staff.account',
    }
    for (const [path, title] of Object.entries(titles)) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1, name: say(title), exact: true })).toBeVisible()
      await page.waitForLoadState('networkidle')
      await expect(page.locator('html')).toHaveAttribute('lang', 'zh-TW')
      const text = (await page.locator('#app').textContent()) ?? ''
      expect(text, `${path} shows no key of a message`).not.toMatch(
        /\b(web|metrics|customers|orders|catalog|shops|staff|lifecycle|value|exchange|fact)\.[a-z_]+/,
      )
      expect(text, `${path} has no words of the mainland`).not.toMatch(/客户|订单|设置|导入|员工|购买|添加|店铺/)
      await expectNoOverflow(page)
      await shot(`tw${path.replaceAll('/', '-')}`)
    }
  })
})
