import { expect, expectAccessible, test } from './walk.ts'

test('a signed-in owner moves through the areas; each page has a title and no barrier', async ({ page, asOwner }) => {
  // Twelve looks of axe.
  test.slow()
  expect(asOwner.name).toBe('林店长')

  for (const path of ['/', '/customers', '/orders', '/products', '/import', '/settings']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.waitForLoadState('networkidle')
    await expectAccessible(page)
  }
})

test('the command bar finds pages by name and by keyboard alone', async ({ page, asOwner }) => {
  expect(asOwner.name).toBe('林店长')
  await page.goto('/customers')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('订单')
  await page.keyboard.press('Enter')

  await expect(page).toHaveURL(/\/orders$/)
})

test('the language changes everywhere at once, and stays', async ({ page, asOwner, isMobile }) => {
  expect(asOwner.name).toBe('林店长')
  await page.goto('/settings')
  await expect(page.getByRole('heading', { level: 1, name: '设置' })).toBeVisible()

  await page.getByRole('main').getByText('繁體中文').click()
  await expect(page.getByRole('heading', { level: 1, name: '設定' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-TW')
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: '設定' })).toBeVisible()

  await page.getByRole('main').getByText('简体中文').click()
  await expect(page.getByRole('heading', { level: 1, name: '设置' })).toBeVisible()
  expect(isMobile).toBeDefined()
})

test('a stranger is led to the sign-in page and from there to where she wanted', async ({ page, owner }) => {
  await page.goto('/orders')
  await expect(page).toHaveURL(/\/sign-in/)
  await expectAccessible(page)

  await page.locator('input[autocomplete="username"]').fill(owner.email)
  await page.locator('input[type="password"]').fill(owner.password)
  await page.keyboard.press('Enter')

  await expect(page).toHaveURL(/\/orders$/)
})
