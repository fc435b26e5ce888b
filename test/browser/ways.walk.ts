import { told } from './told.ts'
import { expect, inTwoLanguages, test } from './walk.ts'

test.use(inTwoLanguages)

const dayMs = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * dayMs).toISOString().slice(0, 10)

test('a file tells where its buyer came from, what she allows and how far her order is; her page then says what is next, a new tea’s whom it interests', async ({
  page,
  asOwner,
  say,
  look,
  isMobile,
}) => {
  test.slow()
  expect(asOwner.name).toBe('林店长')
  const [name, letter] = isMobile ? ['陶小舟', 'm'] : ['陶大舟', 'd']
  const [fair, tea, kind] = [`茶博会 ${letter}`, `寿眉 ${letter}`, `白茶 ${letter}`]
  const header =
    '订单编号,下单时间,商品编码,商品名称,商品分类,数量,单价,会员号,姓名,客户来源,接受短信,发货时间,物流单号'
  const rows = [120, 90, 60, 30].map(
    (days, at) =>
      `${letter}-${at},${daysAgo(days)} 10:00,SM-${letter},${tea},${kind},1,88,TAO-${letter},${name},${fair},是,${daysAgo(days - 1)} 18:00,PX-${letter}${at}`,
  )
  const panel = (title: string) =>
    page.locator('section', { has: page.getByRole('heading', { name: say(title), exact: true }) })

  await page.goto('/import')
  await page.locator('input[type="file"]').setInputFiles({
    name: `ways-${letter}.csv`,
    mimeType: 'text/csv',
    buffer: Buffer.from([header, ...rows, ''].join('\n')),
  })
  await expect(page).toHaveURL(/\/import\/\d+$/)
  // Guessed by the words of the header: what the person allows, by way and purpose, and the rest.
  const sms = `${say('consent.channel.sms')} · ${say('consent.purpose.promotion')}`
  for (const meaning of [sms, say('exchange.page.target.customer.source'), say('exchange.page.target.order.shippedAt')])
    await expect(page.getByRole('combobox', { name: meaning, exact: true })).toBeVisible()
  await look('import-ways')
  await page.getByRole('button', { name: say('exchange.page.compare'), exact: true }).click()
  await expect(page.getByText(say('exchange.page.sources', { told: 1, fresh: 1 }))).toBeVisible({ timeout: 60_000 })
  await expect(
    page.getByText(say('exchange.page.consents', { allowed: 1, refused: 0, asked: 0, kept: 0, same: 0 })),
  ).toBeVisible()
  await expect(page.getByRole('row', { name: new RegExp(`^${say('exchange.page.entity.steps')}`) })).toContainText('4')
  await look('import-ways-compared')
  await page.getByRole('button', { name: say('exchange.page.apply'), exact: true }).click()
  await expect(page.getByRole('heading', { name: say('exchange.page.summary') })).toBeVisible({ timeout: 60_000 })

  await page.goto('/settings/sources')
  await expect(page.getByText(fair).first()).toBeVisible()
  await look('sources')
  await page.goto('/overview/sources')
  await expect(page.getByText(fair).first()).toBeVisible()
  await look('sources-costs')

  const found = await page.request.post('/api/customers/search', { data: { text: name } })
  const { items } = (await found.json()) as { items: { id: number }[] }
  const id = items[0]!.id
  await page.goto(`/customers/${id}`)
  await expect(panel('arrivals.title').locator('strong')).toHaveText(fair)
  const next = panel('recommend.next')
  await expect(next.getByRole('link', { name: tea })).toBeVisible({ timeout: 60_000 })
  await look('customer-next')
  await next.getByRole('button', { name: say('recommend.refuse_this', { product: tea }) }).click()
  await next.getByText(say('recommend.why.has_it'), { exact: true }).click()
  await next.getByRole('button', { name: say('recommend.refuse'), exact: true }).click()
  await expect(next.getByText(say('recommend.refused', { count: 1 }))).toBeVisible()
  await look('customer-next-refused')

  const arrival = await told(page, '/products', {
    code: `NEW-${letter}`,
    name: `新白茶 ${letter}`,
    category: kind,
    price: 8_800,
  })
  await page.goto(`/products/${arrival.id}`)
  const audience = panel('recommend.audience')
  await expect(audience.getByText(say('recommend.related.alike'))).toBeVisible()
  await look('product-audience')
  await audience.getByRole('link', { name: say('recommend.audience.bought', { count: 1 }) }).click()
  await expect(page.getByText(name).first()).toBeVisible()
})
