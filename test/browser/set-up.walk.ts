import { shortest } from '#know/staff/contract.ts'
import { choose, expectNoOverflow, tabTo } from './controls.ts'
import { expect, expectAccessible, inTwoLanguages, test } from './walk.ts'

test.use({ houseName: 'not set up', ...inTwoLanguages })
test.describe.configure({ mode: 'serial' })

const email = 'zhou@example.com'
const password = 'seven-cups-before-noon'

test('a stranger without the printed address is told what to open', async ({ page, say, shot }) => {
  await page.goto('/')

  await expect(page.getByRole('heading', { name: say('staff.set_up_no_token') })).toBeVisible()
  await expect(page.getByLabel(say('staff.password'))).toHaveCount(0)
  await expectAccessible(page)
  await shot('set-up-without-token')
})

test('the printed address makes the owner and the shop; the empty overview teaches', async ({
  page,
  house,
  say,
  isMobile,
  shot,
}) => {
  await page.goto(house.setUpAddress)
  await expect(page.getByRole('heading', { level: 1, name: say('staff.set_up') })).toBeVisible()
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('set-up')

  await page.getByRole('button', { name: say('staff.set_up_do') }).click()
  await expect(page.getByText(say('staff.shop_name_needed'))).toBeVisible()
  await expect(page.getByText(say('staff.email_needed'))).toBeVisible()
  await expectAccessible(page)
  await shot('set-up-incomplete')

  await page.getByLabel(say('staff.shop_name')).fill('云栖茶舍')
  if (!isMobile) {
    await choose(page, page.getByRole('combobox', { name: say('staff.zone') }), 'Europe/London', 'London')
    await choose(page, page.getByRole('combobox', { name: say('staff.currency') }), 'GBP', 'GBP')
  }
  await page.getByLabel(say('staff.name'), { exact: true }).fill('周敏')
  await page.getByLabel(say('staff.email')).fill(email)
  await page.getByLabel(say('staff.password')).fill('tea')
  await page.keyboard.press('Tab')
  await expect(page.getByText(say('staff.password_short', { shortest }))).toBeVisible()
  await page.getByLabel(say('staff.password')).fill(password)
  await tabTo(page, page.getByRole('button', { name: say('staff.set_up_do') }))
  await page.keyboard.press('Enter')

  await expect(page.getByRole('heading', { name: say('metrics.empty') })).toBeVisible()
  await expect(page).toHaveTitle(/云栖茶舍/)
  await expect(page).not.toHaveURL(/token/)
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('overview-empty')
  await page.getByRole('link', { name: say('metrics.empty_action') }).click()
  await expect(page).toHaveURL(/\/import$/)
})

test.describe(() => {
  test.use({ expectedStatuses: [400, 422, 409] })

  test('she signs in: a wrong password is refused, the right one opens the shop', async ({
    page,
    house,
    say,
    isMobile,
    shot,
  }) => {
    await page.goto(house.setUpAddress)
    await expect(page.getByText(say('staff.already_set_up'))).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('link', { name: say('staff.to_sign_in') }).click()
    await shot('sign-in')

    await page.getByLabel(say('staff.email')).fill(email)
    await page.getByLabel(say('staff.password')).fill('seven-cups-after-noon')
    await page.keyboard.press('Enter')
    await expect(page.getByText(say('staff.wrong_sign_in'))).toBeVisible()
    await expect(page.getByLabel(say('staff.email'))).toHaveValue(email)
    await expectAccessible(page)
    await shot('sign-in-wrong')

    await page.getByLabel(say('staff.password')).fill(password)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: say('metrics.title') })).toBeVisible()

    if (isMobile) await page.getByRole('button', { name: say('web.more') }).click()
    else await page.getByRole('button', { name: /周敏/ }).click()
    await shot('person-menu')
    await page.getByRole('button', { name: say('web.sign_out') }).click()
    await expect(page).toHaveURL(/\/sign-in/)
    await page.goto('/customers')
    await expect(page).toHaveURL(/\/sign-in/)
  })
})
