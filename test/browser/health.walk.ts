import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expectNoOverflow } from './controls.ts'
import { expect, expectAccessible, inTwoLanguages, test } from './walk.ts'

test.use({ houseName: 'health', ...inTwoLanguages })
test.describe.configure({ mode: 'serial' })

test('the owner sees how the house is, makes a backup and sees it made', async ({
  page,
  asOwner,
  say,
  shot,
  house,
}) => {
  test.slow()
  expect(asOwner.name).toBe('林店长')
  await page.goto('/settings')
  await page.getByRole('link', { name: new RegExp(say('health.page.title')) }).click()
  await expect(page.getByRole('heading', { level: 1, name: say('health.page.title') })).toBeVisible()

  await expect(page.getByRole('heading', { name: say('health.page.well') })).toBeVisible()
  await expect(page.getByText(say('health.page.no_backup'))).toBeVisible()
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('health-well')

  await page.getByRole('button', { name: say('backup.page.make') }).click()
  await page.getByRole('link', { name: say('health.page.all_backups') }).click()
  await expect(page.getByText(say('backup.page.state.done'), { exact: true })).toBeVisible()
  expect(readdirSync(join(house.data, 'backups'))).toEqual([expect.stringMatching(/^regulars-.*\.tar$/)])
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('backups')
})

test('what is not right is told with what to do', async ({ page, asOwner, say, shot, house }) => {
  test.slow()
  expect(asOwner.name).toBe('林店长')
  const folder = join(house.data, 'backups')
  const [file] = readdirSync(folder)
  writeFileSync(join(folder, file!), 'half')
  await page.goto('/settings/health')

  await expect(page.getByRole('heading', { name: say('health.page.findings') })).toBeVisible()
  await expect(page.getByText(say('health.backup_damaged.why'))).toBeVisible()
  await expect(page.getByText('regulars backup')).toBeVisible()
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('health-finding')

  rmSync(join(folder, file!))
  await page.getByRole('button', { name: say('health.page.look_again') }).click()
  await expect(page.getByText(say('health.backup_gone.why'))).toBeVisible()
})

test('the plan of backups is changed and kept', async ({ page, asOwner, say, shot }) => {
  expect(asOwner.name).toBe('林店长')
  await page.goto('/settings/backups')

  await page.getByLabel(say('backup.page.at'), { exact: true }).fill('04:15')
  await page.getByLabel(say('backup.page.keepWeeks')).fill('8')
  await page.getByRole('button', { name: say('web.save') }).click()
  await expect(page.getByText(say('backup.page.saved'), { exact: true })).toBeVisible()
  await page.reload()

  await expect(page.getByLabel(say('backup.page.at'), { exact: true })).toHaveValue('04:15')
  await expect(page.getByLabel(say('backup.page.keepWeeks'))).toHaveValue('8')
  await expectAccessible(page)
  await shot('backups-plan')
})
