import { told } from './told.ts'
import { expect, inTwoLanguages, test } from './walk.ts'

test.use(inTwoLanguages)

test('an order is sent and reviewed; where the buyer came from and her family are told', async ({
  page,
  asOwner,
  say,
  look,
  isMobile,
}) => {
  test.slow()
  expect(asOwner.name).toBe('林店长')
  const [name, spouse] = isMobile ? ['秦小月', '秦先生'] : ['秦大月', '秦老师']
  const { id } = await told(page, '/customers', { values: { name }, anyway: true })
  await told(page, '/customers', { values: { name: spouse }, anyway: true })
  const product = await told(page, '/products', { code: isMobile ? 'QIN-2' : 'QIN-1', name: '老白茶' })
  const order = await told(page, '/orders', {
    shopId: 1,
    customerId: id,
    lines: [{ productId: product.id, quantity: 1, unitPrice: '88' }],
  })
  const panel = (title: string) =>
    page.locator('section', { has: page.getByRole('heading', { name: say(title), exact: true }) })

  await page.goto(`/orders/${order.id}`)
  const way = panel('orders.way')
  const mark = (step: string) => way.getByRole('button', { name: say('orders.tell_step', { step: say(step) }) })
  await mark('orders.step.shipped').click()
  await way.getByRole('combobox', { name: say('orders.carrier') }).fill('顺丰')
  await way.getByRole('textbox', { name: say('orders.tracking') }).fill('SF1001')
  await look('order-step')
  await way.getByRole('button', { name: say('orders.step_save') }).click()
  await expect(way.getByText('SF1001')).toBeVisible()
  await mark('orders.step.delivered').click()
  await expect(mark('orders.step.received')).toBeVisible()
  const said = panel('reviews.title')
  await said.getByRole('button', { name: say('reviews.add') }).click()
  await said.getByText('4 ★').click()
  await said.getByLabel(say('reviews.words')).fill('香气很足')
  await said.getByRole('button', { name: say('web.save') }).click()
  await expect(said.getByText('香气很足')).toBeVisible()
  await said.getByRole('button', { name: say('reviews.answer') }).click()
  await said.getByLabel(say('reviews.answer_words')).fill('谢谢')
  await said.getByRole('button', { name: say('web.save') }).click()
  await expect(said.getByText('谢谢')).toBeVisible()
  await look('order-way')
  await page.goto('/orders?step=delivered')
  await expect(page.getByText(name).first()).toBeVisible()

  await page.goto(`/products/${product.id}`)
  await page.getByRole('link', { name: say('reviews.count', { count: 1 }) }).click()
  await expect(page.getByText('香气很足')).toBeVisible()
  await look('reviews')

  await page.goto(`/customers/${id}`)
  const family = panel('relations.title')
  await family.getByRole('button', { name: say('relations.add') }).click()
  await family.getByRole('searchbox').fill(spouse)
  await family.getByRole('button', { name: spouse }).click()
  await family.getByRole('button', { name: say('web.save') }).click()
  await expect(family.getByRole('link', { name: spouse })).toBeVisible()
  const came = panel('arrivals.title')
  await came.getByRole('button', { name: say('arrivals.say') }).click()
  await came.getByText(isMobile ? '展会或活动' : '朋友介绍', { exact: true }).click()
  await look('customer-arrival')
  await came.getByRole('button', { name: say('web.save') }).click()
  await expect(came.locator('strong')).toHaveText(isMobile ? '展会或活动' : '朋友介绍')
  await look('customer-of-people')
})
