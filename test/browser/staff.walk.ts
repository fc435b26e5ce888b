import { expectNoOverflow, tabTo } from './controls.ts'
import { troubleOf } from './trouble.ts'
import { expect, expectAccessible, inTwoLanguages, test } from './walk.ts'

test.use(inTwoLanguages)

test('an owner hands a link to an assistant, who joins, sees only her part, and leaves when deactivated', async ({
  page,
  asOwner,
  browser,
  house,
  locale,
  say,
  isMobile,
  shot,
}) => {
  expect(asOwner.name).toBe('林店长')
  const suffix = isMobile ? 'phone' : 'wide'
  await page.goto('/settings/staff')
  await expect(page.getByText('lin@example.com').first()).toBeVisible()
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('staff-alone')

  await page
    .getByRole('link', { name: say('staff.invite') })
    .or(page.getByRole('button', { name: say('staff.invite') }))
    .click()
  await page.getByLabel(say('staff.name'), { exact: true }).fill('小美')
  await page.getByLabel(say('staff.email')).fill(`mei-${suffix}@example.com`)
  await expect(page.getByRole('radio', { name: new RegExp(say('staff.role.assistant')) })).toBeChecked()
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('staff-invite')
  await tabTo(page, page.getByRole('button', { name: say('staff.make_link') }))
  await page.keyboard.press('Enter')
  const link = await page.getByLabel(say('staff.link')).getByRole('textbox').inputValue()
  expect(link).toMatch(new RegExp(`^${house.address}/join#token=`))
  await expectAccessible(page)
  await shot('staff-hand-over')

  // The assistant, at another device.
  const device = await browser.newContext({ baseURL: house.address, locale, viewport: page.viewportSize() })
  const hers = await device.newPage()
  const trouble = troubleOf(hers, [401])
  await hers.goto(link)
  await expect(hers.getByRole('heading', { level: 1 })).toContainText('云栖茶舍')
  await expectAccessible(hers)
  await shot('join', hers)
  await hers.getByLabel(say('staff.password')).fill('white-tea-in-the-rain')
  await hers.keyboard.press('Enter')
  await expect(hers.getByRole('heading', { level: 1, name: say('talks.today') })).toBeVisible()

  const navigation = hers.getByRole('navigation', { name: say('web.navigation') })
  await expect(navigation.getByText(say('web.nav.customers'))).toBeVisible()
  await expect(navigation.getByText(say('web.nav.overview'))).toHaveCount(0)
  await expect(navigation.getByText(say('web.nav.import'))).toHaveCount(0)
  await expect(hers.getByRole('button', { name: say('customers.export') })).toHaveCount(0)
  await hers.goto('/settings/staff')
  await expect(hers.getByText(say('web.forbidden'), { exact: true })).toBeVisible()
  await expectAccessible(hers)
  await shot('forbidden', hers)
  await hers.goto('/settings')
  await expect(hers.getByText(say('staff.account'))).toBeVisible()
  await expect(hers.getByText(say('lifecycle.settings'))).toHaveCount(0)
  await shot('settings-assistant', hers)
  expect((await device.request.get('/api/staff')).status()).toBe(403)

  // The owner ends it.
  await page.goto('/settings/staff')
  await page.getByRole('link', { name: '小美' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '小美' })).toBeVisible()
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('staff-member')
  await page.getByRole('button', { name: say('staff.deactivate'), exact: true }).click()
  await expect(page.getByText(say('staff.inactive_means'))).toBeVisible()
  await shot('staff-deactivated')
  await hers.getByRole('link', { name: new RegExp(say('staff.account')) }).click()
  await expect(hers).toHaveURL(/\/sign-in/)

  // And lets her in again, by a new link.
  await page.getByRole('button', { name: say('staff.reactivate') }).click()
  await page.getByRole('button', { name: say('staff.reset_link') }).click()
  const reset = await page.getByLabel(say('staff.link')).getByRole('textbox').inputValue()
  expect(reset).toContain('/reset#token=')
  await hers.goto(reset)
  await expect(hers.getByRole('heading', { level: 1, name: say('staff.reset') })).toBeVisible()
  await expectAccessible(hers)
  await shot('reset', hers)
  await hers.getByLabel(say('staff.new_password')).fill('green-tea-under-the-sun')
  await hers.keyboard.press('Enter')
  await expect(hers.getByRole('heading', { level: 1, name: say('talks.today') })).toBeVisible()

  expect(trouble(), 'her console is silent as well').toEqual([])
  await device.close()
})

test('everybody has an account page: name, password, and where one is signed in', async ({
  page,
  asOwner,
  browser,
  house,
  say,
  shot,
}) => {
  const elsewhere = await browser.newContext({ baseURL: house.address })
  const { email, password } = asOwner
  expect((await elsewhere.request.post('/api/session', { data: { email, password } })).status()).toBe(200)

  await page.goto('/settings/account')
  await expect(page.getByText(say('staff.this_device'))).toBeVisible()
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('account')
  await page.getByRole('button', { name: say('staff.end_others') }).click()

  await expect(page.getByRole('button', { name: say('staff.end_others') })).toHaveCount(0)
  const { staff } = await (await elsewhere.request.get('/api/session')).json()
  expect(staff).toBeUndefined()
  await elsewhere.close()
})
