import { choose, expectNoOverflow } from './controls.ts'
import { told } from './told.ts'
import { expect, expectAccessible, inTwoLanguages, test } from './walk.ts'

test.use(inTwoLanguages)

test('chosen customers get a tag in one go, which is taken back; the feed and the timeline tell of it', async ({
  page,
  asOwner,
  say,
  shot,
  isMobile,
}) => {
  test.slow()
  const seen = async (name: string) => {
    await expectNoOverflow(page)
    await expectAccessible(page)
    await shot(name)
  }
  expect(asOwner.name).toBe('林店长')
  const names = isMobile ? ['程一', '程二'] : ['Cheng One', 'Cheng Two']
  const [first] = [
    await told(page, '/customers', { values: { name: names[0] }, anyway: true }),
    await told(page, '/customers', { values: { name: names[1] }, anyway: true }),
  ]
  const tag = isMobile ? '春茶会' : 'Spring tasting'
  await told(page, '/tags', { name: tag })

  await page.goto('/customers')
  for (const name of names) await page.getByRole('checkbox', { name }).check()
  await page.getByRole('button', { name: say('bulk.change_chosen', { count: 2 }) }).click()
  const sheet = page.getByRole('dialog')
  await choose(page, sheet.getByRole('combobox', { name: say('bulk.tag') }), tag)
  await seen('bulk-form')
  await sheet.getByRole('button', { name: say('bulk.go') }).click()
  await expect(
    page.getByText(say('bulk.told.done', { changed: 2, same: 0, done: 2, total: 2, undone: 0, kept: 0 })),
  ).toBeVisible()
  await seen('bulk-done')

  await page.goto('/activity')
  await expect(page.getByRole('listitem').filter({ hasText: names[1] }).filter({ hasText: tag })).toBeVisible()
  await seen('activity')
  await page.goto(`/customers/${first.id}`)
  const timeline = page.locator('section', { has: page.getByRole('heading', { name: say('customers.timeline') }) })
  await timeline.getByRole('searchbox').fill(tag)
  await expect(timeline.getByRole('listitem')).toHaveCount(1)
  await seen('timeline-search')

  await page.goto('/bulk')
  await page.getByRole('link', { name: say('bulk.did.tag', { tag }) }).click()
  await page.getByRole('button', { name: say('bulk.undo', { count: 2 }) }).click()
  await expect(page.getByText(say('bulk.state.undone'))).toBeVisible()
  await page.goto('/settings/freshness')
  await expect(page.getByLabel(say('customers.field.phone'))).toHaveValue('12')
  await seen('freshness')
})
