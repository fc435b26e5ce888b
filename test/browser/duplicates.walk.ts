import { expectNoOverflow } from './controls.ts'
import { told } from './told.ts'
import { expect, expectAccessible, inTwoLanguages, test } from './walk.ts'

test.use(inTwoLanguages)

test('somebody is here twice: seen side by side with reasons, kept apart, taken back, merged', async ({
  page,
  asOwner,
  say,
  isMobile,
  shot,
}) => {
  expect(asOwner.name).toBe('林店长')
  // Both walks go through one house: each has its own person.
  const [han, latin, day] = isMobile ? ['欧阳若兰', 'Ruolan Ouyang', 5] : ['慕容清欢', 'Qinghuan Murong', 23]
  for (const [name, phone] of [
    [han, `1390123${day + 4000}`],
    [latin, `1390123${day + 4001}`],
  ]) {
    const birthday = { calendar: 'solar', year: 1988, month: 7, day }
    await told(page, '/customers', {
      values: { name, birthday, city: '苏州' },
      phones: [phone],
      emails: [],
      anyway: true,
    })
  }

  await page.goto('/customers/duplicates')
  await page.getByRole('button', { name: say('duplicates.look_now') }).click()
  const pair = page.getByRole('article', { name: say('duplicates.pair', { one: han!, other: latin! }) })
  await expect(pair).toBeVisible({ timeout: 40_000 })
  await expect(pair).toContainText(say('duplicates.how.reads'))
  await expect(pair).toContainText(say('duplicates.how.near_digit'))
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('duplicates')

  await pair.focus()
  await page.keyboard.press('n')
  await expect(pair).toHaveCount(0)
  await expect(page.getByText(say('duplicates.refused', { one: han!, other: latin! }))).toBeVisible()
  await page.getByText(say('duplicates.decided_ones'), { exact: true }).click()
  await expect(pair).toContainText(asOwner.name)
  await expectAccessible(page)
  await shot('duplicates-decided')
  await pair.getByRole('button', { name: say('web.undo') }).click()
  await expect(pair).toHaveCount(0)

  await page.goto('/customers')
  await page.locator('main a[href="/customers/duplicates"]').click()
  await pair.getByRole('button', { name: say('duplicates.accept') }).click()
  await expect(page.getByText(say('duplicates.accepted', { one: han!, other: latin! }))).toBeVisible()
  await expect(pair).toHaveCount(0)
})
