import { choose, expectNoOverflow } from './controls.ts'
import { told } from './told.ts'
import { expect, expectAccessible, inTwoLanguages, test } from './walk.ts'

test.use(inTwoLanguages)

test('a talk is logged on the customer’s page, what is owed waits under Today, and the card knows her', async ({
  page,
  asOwner,
  say,
  shot,
  isMobile,
}) => {
  test.slow()
  expect(asOwner.name).toBe('林店长')
  const digits = isMobile ? '5512' : '5511'
  const name = isMobile ? '苏小曼' : '苏大曼'
  const { id } = await told(page, '/customers', {
    values: { name, preferences: '白茶' },
    phones: [`1380000${digits}`],
    anyway: true,
  })
  await page.goto(`/customers/${id}`)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

  const manners = page.locator('section', { has: page.getByRole('heading', { name: say('manners.title') }) })
  await manners.getByRole('button', { name: say('manners.add') }).click()
  await choose(page, manners.getByRole('combobox', { name: say('manners.way') }), say('manners.way.phone'))
  await manners.getByRole('button', { name: say('web.save') }).click()
  await expect(manners.getByText(say('manners.never_way', { way: say('manners.way.phone') }))).toBeVisible()

  const tags = page.locator('section', { has: page.getByRole('heading', { name: say('tags.title'), exact: true }) })
  await tags.getByRole('button', { name: say('tags.add') }).click()
  const tag = isMobile ? '爱白茶' : 'White tea'
  await tags.getByRole('combobox', { name: say('tags.find') }).fill(tag)
  await page
    .getByTitle(say('tags.make', { name: tag }))
    .or(page.getByText(say('tags.make', { name: tag })))
    .first()
    .click()
  await tags.getByRole('button', { name: say('tags.give') }).click()
  await expect(tags.getByRole('button', { name: say('tags.take', { name: tag }) })).toBeVisible()

  const talks = page.locator('section', { has: page.getByRole('heading', { name: say('talks.title') }) })
  await talks.getByRole('button', { name: say('talks.log') }).click()
  await talks.getByText(say('talks.kind.wechat'), { exact: true }).click()
  await talks.getByLabel(say('talks.said')).fill('问新茶什么时候到')
  await talks.getByRole('button', { name: say('talks.in_1') }).click()
  await expectAccessible(page)
  await shot('record-talk')
  await talks.getByRole('button', { name: say('talks.save') }).click()
  await expect(talks.getByText('问新茶什么时候到')).toBeVisible()
  await expect(talks.getByText(say('talks.talk_again'))).toBeVisible()
  await page.waitForLoadState('networkidle')
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('record-customer')

  await page.goto('/today?ahead=7')
  const due = page.getByRole('listitem').filter({ hasText: name })
  await expect(due).toBeVisible()
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('record-today')
  await due.getByRole('button', { name: say('talks.done') }).click()
  await expect(due).toHaveCount(0)

  await page.goto('/card')
  await page.getByRole('searchbox').fill(digits)
  const card = page.getByRole('article')
  await expect(card.getByText('白茶').first()).toBeVisible()
  await expect(card.getByText(say('manners.never_way', { way: say('manners.way.phone') }))).toBeVisible()
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('record-card')
})

test('a field of the shop’s own is made once and filled in on the customer’s page', async ({
  page,
  asOwner,
  say,
  shot,
  isMobile,
}) => {
  expect(asOwner.name).toBe('林店长')
  const name = isMobile ? '鞋码' : 'Shoe size'
  await page.goto('/settings/fields/new')
  await page.getByLabel(say('fields.name')).fill(name)
  await choose(page, page.getByRole('combobox', { name: say('fields.kind') }), say('fields.kind.number'))
  await expectAccessible(page)
  await page.getByRole('button', { name: say('web.save') }).click()
  await expect(page.getByRole('link', { name })).toBeVisible()
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('record-fields')

  const { id } = await told(page, '/customers', { values: { name: '何小月' }, anyway: true })
  await page.goto(`/customers/${id}`)
  await page.getByRole('button', { name: isMobile ? /未填资料/ : /empty field/ }).click()
  await page.getByRole('button', { name: say('customers.edit_field', { field: name }) }).click()
  await page.keyboard.type('38')
  await page.keyboard.press('Enter')
  await expect(page.getByText(say('customers.saved_field', { field: name }))).toBeVisible()

  await page.goto('/settings/tags')
  await expect(page.getByRole('heading', { level: 1, name: say('tags.title') })).toBeVisible()
  await page.waitForLoadState('networkidle')
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('record-tags')
})
