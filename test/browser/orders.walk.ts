import { expectNoOverflow, tabTo } from './controls.ts'
import { told } from './told.ts'
import { expect, expectAccessible, inTwoLanguages, test } from './walk.ts'

test.use({ houseName: 'orders', ...inTwoLanguages })

test('a product is added, a sale recorded and half of it given back; the customer page tells it all', async ({
  page,
  asOwner,
  say,
  shot,
}) => {
  expect(asOwner.name).toBe('林店长')
  const name = '周小雨'
  const { id } = await told(page, '/customers', { values: { name }, phones: ['13700137000'], emails: [] })

  // Empty pages teach.
  for (const [path, words] of [
    ['/products', 'catalog.empty'],
    ['/orders', 'orders.empty'],
  ] as const) {
    await page.goto(path)
    await expect(page.getByText(say(words), { exact: true })).toBeVisible()
    await expectNoOverflow(page)
    await expectAccessible(page)
    await shot(`${path.slice(1)}-empty`)
  }

  // Products.
  for (const [product, code, price] of [
    ['白毫银针', 'BHYZ-50', '128.00'],
    ['盖碗', 'GW-01', '59.90'],
  ] as const) {
    await page.goto('/products/new')
    await page.getByLabel(say('catalog.name'), { exact: true }).fill(product)
    await page.getByLabel(say('catalog.code'), { exact: true }).fill(code)
    await page.getByLabel(say('catalog.price'), { exact: true }).fill(price)
    if (code === 'BHYZ-50') {
      await expectNoOverflow(page)
      await expectAccessible(page)
      await shot('product-new')
    }
    await tabTo(page, page.getByRole('button', { name: say('web.save') }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: product })).toBeVisible()
  }
  await page.waitForLoadState('networkidle')
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('product')
  await page.goto('/products')
  await expect(page.getByRole('link', { name: '白毫银针' })).toBeVisible()
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('products')

  // A sale for this customer.
  await page.goto(`/customers/${id}`)
  await page.getByRole('link', { name: say('orders.record') }).click()
  await expect(page.locator('.picked')).toContainText(name)
  const find = page.getByRole('searchbox', { name: say('orders.find_product') })
  await find.fill('银针')
  await page.getByRole('button', { name: /白毫银针/ }).click()
  await find.fill('GW')
  await page.getByRole('button', { name: /盖碗/ }).click()
  await page
    .getByRole('group', { name: say('orders.quantity_of', { name: '盖碗' }) })
    .getByRole('button', { name: say('orders.one_more') })
    .click()
  await expect(page.locator('.sale-total')).toContainText('247.80')
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('sale')
  await tabTo(page, page.getByRole('button', { name: say('orders.done'), exact: true }))
  await page.keyboard.press('Enter')
  await expect(page.getByText(say('orders.was_recorded'))).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/\d/)
  await page.waitForLoadState('networkidle')
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('order')

  // One of two lidded bowls comes back.
  await page
    .getByRole('link', { name: say('orders.refund') })
    .or(page.getByRole('button', { name: say('orders.refund') }))
    .click()
  await page
    .getByRole('group', { name: say('orders.quantity_of', { name: '盖碗' }) })
    .getByRole('button', { name: say('orders.one_more') })
    .click()
  await expect(page.locator('.sale-total')).toContainText('59.90')
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('refund')
  await page.getByRole('button', { name: say('orders.refund_now') }).click()
  await expect(page.getByText(say('orders.state.part_given_back'))).toBeVisible()
  await expect(page.getByText('187.90').first()).toBeVisible()
  await page.waitForLoadState('networkidle')
  await expectAccessible(page)
  await shot('order-given-back')

  await page.goto('/orders')
  await expect(page.getByRole('link', { name }).first()).toBeVisible()
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('orders')

  // The customer's page: orders with lines, what happened, stage and value with the reason.
  await page.goto(`/customers/${id}`)
  const bought = page.getByRole('button', { expanded: false }).filter({ hasText: '247.80' })
  await bought.click()
  await expect(page.getByRole('link', { name: '白毫银针' })).toBeVisible()
  const happened = page.getByRole('region', { name: say('customers.timeline') })
  await expect(happened).toContainText('247.80')
  await expect(happened).toContainText('59.90')
  // The columns follow the records within seconds.
  await expect(async () => {
    await page.reload()
    await expect(page.getByText(say('web.stage.new'), { exact: true }).first()).toBeVisible({ timeout: 3000 })
    await expect(page.getByText('187.90').first()).toBeVisible({ timeout: 1000 })
  }).toPass({ timeout: 30_000 })
  await page.getByRole('button', { name: say('web.why_of', { of: say('value.stage') }) }).click()
  await expect(page.getByText(say('value.limits', { active: 90, silent: 180, sleeping: 270 }))).toBeVisible()
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('customer-bought')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: say('web.why_of', { of: say('value.class') }) }).click()
  await expect(page.getByText(say('value.too_few', { buyers: 1 }))).toBeVisible()
  await page.keyboard.press('Escape')
  await expectNoOverflow(page)
})
