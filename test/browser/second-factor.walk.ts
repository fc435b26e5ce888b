import type { Page } from '@playwright/test'
import { codeOfApp } from './authenticator.ts'
import { expectNoOverflow, tabTo } from './controls.ts'
import { troubleOf } from './trouble.ts'
import { expect, expectAccessible, inTwoLanguages, test } from './walk.ts'

test.use(inTwoLanguages)
test.use({ houseName: 'second-factor' })

/** The secret as the page shows it for apps without a camera. */
async function shownSecret(page: Page): Promise<string> {
  return ((await page.getByTestId('factor-secret').textContent()) ?? '').replaceAll(/\s/g, '')
}

test('somebody turns two-factor sign-in on, signs in by app and by recovery code, and an owner helps who lost both', async ({
  page,
  asOwner,
  browser,
  house,
  locale,
  say,
  isMobile,
  shot,
}) => {
  // Seven sign-ins and codes from one address: the count of guesses is ten in five minutes.
  const email = `mei-${isMobile ? 'phone' : 'wide'}@example.com`
  const password = 'white-tea-in-the-rain'
  const invite = await page.request.post('/api/staff/invites', { data: { name: '小美', email, role: 'assistant' } })
  const { address } = await invite.json()
  const device = await browser.newContext({ baseURL: house.address, locale, viewport: page.viewportSize() })
  const hers = await device.newPage()
  const trouble = troubleOf(hers, [401, 422])
  await hers.goto(address)
  await hers.getByLabel(say('staff.password')).fill(password)
  await hers.keyboard.press('Enter')
  await expect(hers.getByRole('heading', { level: 1, name: say('talks.today') })).toBeVisible()

  // She sets it up, by the keyboard.
  await hers.goto('/settings/account')
  await expectNoOverflow(hers)
  await expectAccessible(hers)
  await shot('factor-account', hers)
  await tabTo(
    hers,
    hers
      .getByRole('button', { name: say('staff.factor_set_up') })
      .or(hers.getByRole('link', { name: say('staff.factor_set_up') })),
  )
  await hers.keyboard.press('Enter')
  await expect(hers.getByText(say('staff.factor_apps'))).toBeVisible()
  await expectAccessible(hers)
  await shot('factor-begin', hers)
  await tabTo(hers, hers.getByRole('button', { name: say('staff.factor_set_up') }))
  await hers.keyboard.press('Enter')
  await expect(hers.getByRole('img', { name: say('staff.factor_qr') })).toBeVisible()
  const secret = await shownSecret(hers)
  await expectNoOverflow(hers)
  await expectAccessible(hers)
  await shot('factor-scan', hers)
  await hers.getByLabel(say('staff.code')).fill('000000')
  await expect(hers.getByRole('alert')).toContainText(say('staff.wrong_code'))
  const first = codeOfApp(secret)
  await hers.getByLabel(say('staff.code')).fill(first.code)

  const codes = hers.getByRole('region', { name: say('staff.recovery_codes') })
  await expect(codes).toBeVisible()
  const recovery = (await codes.getByRole('textbox').inputValue()).split('\n')
  expect(recovery).toHaveLength(10)
  await expectNoOverflow(hers)
  await expectAccessible(hers)
  await shot('factor-codes', hers)
  const download = hers.waitForEvent('download')
  await hers.getByRole('button', { name: say('staff.recovery_codes_save') }).click()
  expect((await download).suggestedFilename()).toBe('recovery-codes.txt')
  await hers.getByRole('button', { name: say('staff.recovery_codes_kept') }).click()
  await expect(hers.getByText(say('staff.factor_on'), { exact: true })).toBeVisible()
  await hers.goto('/settings/account/two-factor')
  await expect(hers.getByText(say('staff.recovery_left', { count: 10 }))).toBeVisible()
  await expectNoOverflow(hers)
  await expectAccessible(hers)
  await shot('factor-on', hers)

  // Signed out and in again: by the app.
  await device.clearCookies()
  await hers.goto('/settings/account')
  await hers.getByLabel(say('staff.email')).fill(email)
  await hers.getByLabel(say('staff.password')).fill(password)
  await hers.keyboard.press('Enter')
  await expect(hers.getByRole('heading', { level: 1, name: say('staff.second_step') })).toBeVisible()
  await expect(hers.getByLabel(say('staff.code'))).toBeFocused()
  await expectNoOverflow(hers)
  await expectAccessible(hers)
  await shot('second-step', hers)
  const second = await first.next()
  await hers.keyboard.type(second.code)
  await expect(hers.getByRole('heading', { level: 1, name: say('staff.account') })).toBeVisible()

  // And by a recovery code.
  await device.clearCookies()
  await hers.goto('/settings/account')
  await hers.getByLabel(say('staff.email')).fill(email)
  await hers.getByLabel(say('staff.password')).fill(password)
  await hers.keyboard.press('Enter')
  await hers.getByRole('button', { name: say('staff.use_recovery_code') }).click()
  await expectAccessible(hers)
  await shot('second-step-recovery', hers)
  await hers.getByLabel(say('staff.recovery_code'), { exact: true }).fill(recovery[0]!.toUpperCase())
  await hers.keyboard.press('Enter')
  await expect(hers.getByText(say('staff.recovery_left', { count: 9 }))).toBeVisible()
  await expect(hers.getByRole('heading', { level: 1, name: say('staff.account') })).toBeVisible()

  // The owner sees who has it, and takes hers away.
  expect(asOwner.name).toBe('林店长')
  await page.goto('/settings/staff')
  await expect(page.getByText(say('staff.factor_on'), { exact: true }).first()).toBeVisible()
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('staff-factor')
  await page.getByRole('link', { name: '小美' }).first().click()
  await shot('staff-member-factor')
  await page.getByRole('button', { name: say('staff.factor_reset') }).click()
  await expect(page.getByText(say('staff.factor_was_reset', { name: '小美' }))).toBeVisible()
  await hers.goto('/settings/account')
  await expect(hers).toHaveURL(/\/sign-in/)

  expect(trouble(), 'her console is silent as well').toEqual([])
  await device.close()
})

test.describe('required of everybody', () => {
  test.use({ expectedStatuses: [409] })

  test('the owner sets it up first; who has none is led to it at the next sign-in', async ({
    page,
    asOwner,
    browser,
    house,
    language,
    locale,
    say,
    isMobile,
    shot,
  }) => {
    expect(asOwner.name).toBe('林店长')
    const email = `bo-${isMobile ? 'phone' : 'wide'}@example.com`
    const password = 'oolong-at-half-past-four'
    const invite = await page.request.post('/api/staff/invites', { data: { name: '阿波', email, role: 'analyst' } })
    const joining = await browser.newContext({ baseURL: house.address })
    const token = (await invite.json()).address.split('#token=')[1]
    expect(
      (await joining.request.post('/api/links/uses', { data: { token, password, locale: language } })).status(),
    ).toBe(200)

    await page.goto('/settings/staff')
    const everybody = page.getByRole('switch', { name: say('staff.factor_for_all') })
    await everybody.click()
    await expect(page.getByRole('alert')).toContainText(say('staff.factor_yourself_first'))
    await shot('factor-for-all')
    const begun = await (await page.request.post('/api/me/factor', { data: {} })).json()
    const on = await page.request.put('/api/me/factor', { data: { code: codeOfApp(begun.secret).code } })
    expect(on.status()).toBe(200)
    await everybody.click()
    await expect(everybody).toBeChecked()
    await expectAccessible(page)

    const device = await browser.newContext({ baseURL: house.address, locale, viewport: page.viewportSize() })
    const his = await device.newPage()
    const trouble = troubleOf(his, [401])
    await his.goto('/customers')
    await his.getByLabel(say('staff.email')).fill(email)
    await his.getByLabel(say('staff.password')).fill(password)
    await his.keyboard.press('Enter')
    await expect(his.getByText(say('staff.factor_due'))).toBeVisible()
    await his.goto('/customers')
    await expect(his.getByText(say('staff.factor_due'))).toBeVisible()
    await expectNoOverflow(his)
    await expectAccessible(his)
    await shot('factor-due', his)
    await his.getByRole('button', { name: say('staff.factor_set_up') }).click()
    await his.getByLabel(say('staff.code')).fill(codeOfApp(await shownSecret(his)).code)
    await his.getByRole('button', { name: say('staff.recovery_codes_kept') }).click()
    await expect(
      his.getByRole('navigation', { name: say('web.navigation') }).getByText(say('web.nav.overview')),
    ).toBeVisible()
    expect(trouble()).toEqual([])

    // As before, for the walk that follows in the other window.
    await everybody.click()
    await expect(everybody).not.toBeChecked()
    const off = await page.request.post('/api/me/factor/removal', { data: { password: asOwner.password } })
    expect(off.status()).toBe(200)
    await device.close()
    await joining.close()
  })
})

test.describe('a program', () => {
  test.use({ expectedStatuses: [403, 422] })

  test('an owner makes a key for a program, the program calls with it, and is shut out when it is revoked', async ({
    page,
    asOwner,
    playwright,
    house,
    say,
    isMobile,
    shot,
  }) => {
    expect(asOwner.name).toBe('林店长')
    const name = isMobile ? '市集收银机' : 'Till at the market'
    await page.goto('/settings/keys')
    if (!isMobile) await expect(page.getByRole('heading', { name: say('keys.none') })).toBeVisible()
    await expectNoOverflow(page)
    await expectAccessible(page)
    await shot('keys-none')

    await page
      .getByRole('link', { name: say('keys.make') })
      .or(page.getByRole('button', { name: say('keys.make') }))
      .click()
    await page.getByLabel(say('keys.name'), { exact: true }).fill(name)
    await tabTo(page, page.getByRole('checkbox', { name: say('keys.may.shops.read') }))
    await page.keyboard.press('Space')
    await page.getByRole('checkbox', { name: say('keys.may.customers.read') }).check()
    await expectNoOverflow(page)
    await expectAccessible(page)
    await shot('keys-new')
    // Twenty minutes later: the house asks for the password once more, and goes on from where it was.
    await page.route(
      '**/api/keys',
      (route) =>
        route.fulfill({
          status: 403,
          contentType: 'application/problem+json',
          body: JSON.stringify({ code: 'http.prove', status: 403, title: say('http.prove') }),
        }),
      { times: 1 },
    )
    await page.getByRole('button', { name: say('keys.make') }).click()
    const proof = page.getByRole('region', { name: say('web.prove') })
    await expect(proof.getByLabel(say('web.prove'))).toBeFocused()
    // In sight as it is, not behind the bar to save.
    const inSight = proof.locator('input').evaluate((input) => {
      const { x, y, height } = input.getBoundingClientRect()
      return document.elementFromPoint(x + 10, y + height / 2) === input
    })
    expect(await inSight).toBe(true)
    await expectNoOverflow(page)
    await expectAccessible(page)
    await shot('prove')
    await page.keyboard.type('not-the-password-of-lin')
    await page.keyboard.press('Enter')
    await expect(proof.getByRole('alert')).toContainText(say('staff.wrong_password'))
    await proof.locator('input').fill(asOwner.password)
    await page.keyboard.press('Enter')
    const shown = page.getByRole('region', { name: say('keys.key') })
    const key = await shown.getByRole('textbox').inputValue()
    expect(key).toMatch(/^reg_live_[0-9A-Za-z]{49}$/)
    await expectNoOverflow(page)
    await expectAccessible(page)
    await shot('keys-made')
    await page
      .getByRole('link', { name: say('keys.done') })
      .or(page.getByRole('button', { name: say('keys.done') }))
      .click()

    // The program: no browser, no cookie.
    const program = await playwright.request.newContext({
      baseURL: house.address,
      extraHTTPHeaders: { authorization: `Bearer ${key}` },
    })
    const shops = await program.get('/api/shops')
    expect((await shops.json()).items).toMatchObject([{ name: '总店' }])
    expect((await program.get('/api/customers')).status()).toBe(200)
    expect((await program.get('/api/orders')).status()).toBe(403)
    expect((await program.get('/api/staff')).status()).toBe(403)

    await page.reload()
    const line = page.getByRole('listitem').filter({ hasText: name })
    await expect(line).toContainText(say('keys.last_used'))
    await expect(line).not.toContainText(key.slice(0, -4))
    await expectNoOverflow(page)
    await expectAccessible(page)
    await shot('keys-list')
    await line.getByRole('button', { name: say('keys.revoke_of', { name }) }).click()
    await expect(line.getByText(say('keys.revoke_means'))).toBeVisible()
    await expectAccessible(page)
    await shot('keys-revoke')
    await page.keyboard.press('Enter')
    await expect(line).toContainText(say('keys.state.revoked'))
    expect((await program.get('/api/shops')).status()).toBe(401)
    await program.dispose()
  })
})
