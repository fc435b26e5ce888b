import { expect, inTwoLanguages, test } from './walk.ts'

test.use(inTwoLanguages)

test('a product tells what it sold, and opens who bought it and who came back for it', async ({
  page,
  asOwner,
  say,
  look,
  shot,
}) => {
  expect(asOwner.name).toBe('林店长')
  const send = async (path: string, data: object) => {
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const answer = await page.request.post(`/api${path}`, { data, headers })
    expect(answer.ok(), await answer.text()).toBe(true)
    return (await answer.json()).id as number
  }
  const name = `明前龙井 ${crypto.randomUUID().slice(0, 4)}`
  const product = await send('/products', { code: name, name })
  const regular = await send('/customers', { values: { name: '周常来' }, anyway: true })
  const once = await send('/customers', { values: { name: '吴一回' }, anyway: true })
  const sell = (customerId: number | undefined, daysAgo: number, quantity: number) =>
    send('/orders', {
      shopId: 1,
      customerId,
      placedAt: new Date(Date.now() - daysAgo * 86_400_000).toISOString(),
      lines: [{ productId: product, quantity, unitPrice: '100' }],
    })
  await page.goto(`/products/${product}`)
  await expect(page.getByText(say('metrics.product.empty'))).toBeVisible()
  await sell(regular, 70, 2)
  await sell(regular, 5, 1)
  await sell(undefined, 3, 1)
  const back = await sell(once, 2, 3)
  await send(`/orders/${back}/cancellations`, { lines: [{ line: 1, quantity: 1 }] })
  await expect
    .poll(async () => (await (await page.request.get(`/api/products/${product}/numbers`)).json()).quantity)
    .toBe(6)

  await page.goto(`/products/${product}`)

  const metric = (key: string) =>
    page.locator('.metric').filter({
      has: page.getByRole('button', { name: say(`metrics.product.${key}`), exact: true }),
    })
  await expect(metric('quantity').locator('.metric-value')).toHaveText('6')
  await expect(metric('revenue').locator('.metric-value')).toContainText('600')
  await expect(metric('purchases').locator('.metric-value')).toHaveText('4')
  await expect(metric('buyers').locator('.metric-value')).toHaveText('2')
  await expect(metric('repeatBuyers').locator('.metric-value')).toHaveText('1')
  await expect(page.getByRole('heading', { name: say('metrics.product.revenue_by_month') })).toBeVisible()
  await look('product')

  await metric('repeatBuyers').getByRole('link').click()
  await expect(page.getByText('周常来').first()).toBeVisible()
  await expect(page.getByText('吴一回')).toHaveCount(0)
  await expect(page.getByText(say('query.bought_product', { product: name, times: 2, of: '' }))).toBeVisible()
  await shot('product-people')
})
