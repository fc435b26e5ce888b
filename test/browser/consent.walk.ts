import { choose, expectNoOverflow } from './controls.ts'
import { told } from './told.ts'
import { troubleOf } from './trouble.ts'
import { expect, expectAccessible, inTwoLanguages, test } from './walk.ts'

test.use({ ...inTwoLanguages, houseName: 'consent' })

test('staff write down a yes, the customer changes it on the own page without script, and asks to be erased', async ({
  page,
  asOwner,
  browser,
  house,
  locale,
  say,
  isMobile,
  look,
}) => {
  test.slow()
  expect(asOwner.name).toBe('林店长')
  const suffix = isMobile ? '1' : '2'
  const { id } = await told(page, '/customers', {
    values: { name: `王小满${suffix}` },
    emails: [`xm${suffix}@mail.example`],
    phones: [`1380013800${suffix}`],
  })

  // What she says at the counter.
  await page.goto(`/customers/${id}`)
  const panel = page.locator('section.panel', { has: page.getByRole('heading', { name: say('consent.title') }) })
  await expect(panel.getByText(say('consent.may.unknown')).first()).toBeVisible()
  await panel.getByRole('button', { name: say('consent.record'), exact: true }).click()
  await choose(page, panel.getByRole('combobox', { name: say('consent.by_which') }), say('consent.channel.email'))
  await panel.getByRole('textbox', { name: say('consent.proof') }).fill('签字卡 12 号')
  await look('consent-record')
  await panel.getByRole('button', { name: say('consent.record_do'), exact: true }).click()
  await expect(page.getByText(say('consent.recorded'))).toBeVisible()
  const mail = panel.locator('li', { hasText: say('consent.channel.email') }).first()
  const offers = mail.locator('.consent-answer.yes', { hasText: say('consent.purpose.promotion') })
  await expect(offers).toBeVisible()
  await offers.getByRole('button').click()
  await expect(page.getByText(say('consent.why.allowed')).first()).toBeVisible()
  await page.keyboard.press('Escape')
  await panel.getByRole('button', { name: say('consent.history'), exact: true }).click()
  await expect(panel.getByText('签字卡 12 号')).toBeVisible()
  await look('consent-panel')

  // Her own page: no script, no cookie.
  await panel.getByRole('button', { name: say('consent.link'), exact: true }).click()
  const address = await panel.getByRole('textbox', { name: say('consent.link'), exact: true }).inputValue()
  const viewport = page.viewportSize()
  const device = await browser.newContext({
    locale,
    viewport,
    isMobile,
    hasTouch: isMobile,
    javaScriptEnabled: false,
    baseURL: house.address,
  })
  const hers = await device.newPage()
  const trouble = troubleOf(hers, [])
  await hers.goto(address)
  const box = hers.locator('input[value="email.promotion"]')
  await expect(box).toBeChecked()
  await box.uncheck()
  await hers.getByRole('checkbox', { name: say('consent.page.less_often') }).check()
  await hers.getByRole('button', { name: say('consent.page.save') }).click()
  await expect(hers.getByText(say('consent.page.done.saved'))).toBeVisible()
  await expect(box).not.toBeChecked()
  expect(await device.cookies()).toEqual([])
  expect(trouble()).toEqual([])
  await device.close()
  // axe is a script itself, so it looks at the page where scripts may run.
  const looking = await browser.newContext({ locale, viewport, isMobile, hasTouch: isMobile })
  const looked = await looking.newPage()
  await looked.goto(address)
  await look('preferences', looked)
  await looking.close()
  await page.reload()
  await expect(mail.locator('.consent-answer.no', { hasText: say('consent.purpose.promotion') })).toBeVisible()
  await expect(panel.getByText(say('consent.mark.less_often')).first()).toBeVisible()

  // She asks to be erased.
  await page.getByRole('link', { name: say('rights.add'), exact: true }).click()
  await choose(page, page.getByRole('combobox', { name: say('rights.kind') }), say('rights.kind.erase'))
  await expect(page.getByText(`王小满${suffix}`)).toBeVisible()
  await look('privacy-new')
  await page.getByRole('button', { name: say('rights.add_do') }).click()
  await expect(page.getByRole('heading', { name: say('rights.erase'), exact: true, level: 2 })).toBeVisible()
  await look('privacy-request')
  await page.getByRole('checkbox', { name: say('rights.erase_sure') }).check()
  await page.getByRole('button', { name: say('rights.erase_do') }).click()
  await expect(page.getByText(say('rights.state.done'))).toBeVisible({ timeout: 60_000 })
  await page.goto('/settings/privacy')
  await page.getByText(say('rights.closed')).click()
  await expect(page.getByText(say('rights.kind.erase')).first()).toBeVisible()
  await look('privacy-requests')

  // The rules.
  for (const path of ['/settings/consent', '/settings/privacy/rules']) {
    await page.goto(path)
    await expect(page.getByRole('button', { name: say('web.save') })).toBeVisible()
    await expectNoOverflow(page)
    await expectAccessible(page)
  }
})
