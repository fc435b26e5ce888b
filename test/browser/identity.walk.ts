import { expectNoOverflow } from './controls.ts'
import { told } from './told.ts'
import { expect, expectAccessible, inTwoLanguages, test } from './walk.ts'

test.use(inTwoLanguages)

test('two records are one person: seen beforehand, merged, the old address leads on, undone; rules have their page', async ({
  page,
  asOwner,
  say,
  isMobile,
  shot,
}) => {
  expect(asOwner.name).toBe('林店长')
  // Both walks go through one house: each has its own person.
  const [shown, nick, day] = isMobile ? ['诸葛明月', '月月', 6] : ['司徒青山', '青青', 24]
  const add = async (values: Record<string, unknown>, phone: string): Promise<number> => {
    return (await told(page, '/customers', { values, phones: [phone], emails: [], anyway: true })).id
  }
  const one = await add({ name: shown, city: '苏州' }, `1390456${day + 4000}`)
  const other = await add({ name: nick, occupation: '老师' }, `1390456${day + 4100}`)

  await page.goto(`/customers/${one}`)
  const panel = page
    .locator('section.panel')
    .filter({ has: page.getByRole('heading', { name: say('identity.panel') }) })
  await panel.getByRole('button', { name: say('identity.merge'), exact: true }).click()
  await panel.getByRole('searchbox', { name: say('identity.merge_find') }).fill(nick!)
  await panel.getByRole('button', { name: nick }).click()
  await expect(panel.getByText(say('identity.swap_means', { name: shown! }))).toBeVisible()
  await expect(panel.getByText('老师')).toBeVisible()
  await panel.getByRole('textbox', { name: say('identity.reason') }).fill('同一张会员卡')
  await page.waitForLoadState('networkidle')
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('merge-preview')
  await panel.getByRole('button', { name: say('identity.do_merge'), exact: true }).click()
  await expect(page.getByText(say('identity.merged'))).toBeVisible()
  await expect(panel.getByText('同一张会员卡')).toBeVisible()

  await page.goto(`/customers/${other}`)
  await expect(page).toHaveURL(new RegExp(`/customers/${one}$`))
  await expect(page.getByText(say('customers.redirected', { old: `#${other}` }))).toBeVisible()
  await page.waitForLoadState('networkidle')
  await expectAccessible(page)
  await shot('merged')
  const from = say('identity.person', { name: nick!, id: other })
  await panel.getByRole('button', { name: say('identity.undo_this', { from }) }).click()
  await expect(page.getByText(say('identity.was_undone'))).toBeVisible()
  await page.goto(`/customers/${other}`)
  await expect(page.getByRole('heading', { level: 1, name: nick })).toBeVisible()

  await page.goto('/settings/identity')
  await expect(page.getByText(say('identity.anonymous_means'))).toBeVisible()
  await page.getByRole('textbox', { name: say('identity.own_value') }).fill(`test${day}@our.example`)
  await page.getByRole('button', { name: say('identity.own_add'), exact: true }).click()
  await page.waitForLoadState('networkidle')
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('identity-rules')
  await page.getByRole('button', { name: say('web.save'), exact: true }).click()
  await expect(page.getByText(say('identity.was_saved'))).toBeVisible()
})
