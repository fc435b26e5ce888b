import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { choose, expectNoOverflow, tabTo } from './controls.ts'
import { told } from './told.ts'
import { expect, expectAccessible, inTwoLanguages, test } from './walk.ts'

test.use(inTwoLanguages)

async function aCustomer(page: Page, values: Record<string, unknown>, phones: string[] = []): Promise<number> {
  return (await told(page, '/customers', { values, phones, emails: [], anyway: true })).id
}

test.describe(() => {
  test.describe.configure({ mode: 'serial' })
  test.use({ expectedStatuses: [409] })

  test('a customer is added by hand and found at once in every way', async ({ page, asOwner, say, shot }) => {
    expect(asOwner.name).toBe('林店长')
    await aCustomer(page, { name: '张伟', city: '北京' }, ['13911112222'])
    await page.goto('/customers/new')
    await page.getByLabel(say('customers.field.name'), { exact: true }).fill('李晓梅')
    await page.getByLabel(say('customers.field.phone'), { exact: true }).fill('138 0013 8000')
    await page.getByLabel(say('customers.field.email'), { exact: true }).fill('mei.li@example.com')
    await page.getByLabel(say('customers.field.city'), { exact: true }).fill('上海')
    await page.getByText(say('customers.calendar.lunar'), { exact: true }).click()
    await choose(
      page,
      page.getByRole('combobox', { name: say('customers.birth_month') }),
      say('customers.birthday.lunar_month', { month: 8 }),
    )
    await choose(
      page,
      page.getByRole('combobox', { name: say('customers.birth_day') }),
      say('customers.birthday.lunar_day', { day: 15 }),
    )
    await page.getByLabel(say('customers.field.preferences'), { exact: true }).fill('白茶，不要太烫')
    await expectNoOverflow(page)
    await expectAccessible(page)
    await shot('customer-new')
    await tabTo(page, page.getByRole('button', { name: say('customers.add'), exact: true }))
    await page.keyboard.press('Enter')

    await expect(page.getByRole('heading', { level: 1, name: '李晓梅' })).toBeVisible()
    const month = say('customers.birthday.lunar_month', { month: 8 })
    const day = say('customers.birthday.lunar_day', { day: 15 })
    await expect(page.getByText(say('customers.birthday.lunar', { month, day }))).toBeVisible()
    await expect(page.getByRole('link', { name: '+86 138 0013 8000' })).toBeVisible()
    await page.waitForLoadState('networkidle')
    await expectNoOverflow(page)
    await expectAccessible(page)
    await shot('customer')

    await page.goto('/customers')
    const box = page.getByRole('searchbox', { name: say('customers.search') })
    for (const words of ['lxm', 'lixiao', '8000', '梅', '晓梅', 'mei.li@']) {
      await box.fill(words)
      await expect(page.getByRole('link', { name: '张伟' }), `not found by ${words}`).toHaveCount(0)
      await expect(page.getByRole('link', { name: /^李晓梅/ }), `found by ${words}`).toHaveCount(1)
    }
    await expectAccessible(page)
    await shot('customers-found')
    await box.fill('没有这个人')
    await expect(page.getByText(say('customers.nobody_found'), { exact: true })).toBeVisible()
    await expectAccessible(page)
    await shot('customers-nobody')
  })

  test('one who is probably here already is shown before being added twice', async ({ page, asOwner, say, shot }) => {
    expect(asOwner.name).toBe('林店长')
    await page.goto('/customers/new')
    await page.getByLabel(say('customers.field.name'), { exact: true }).fill('小梅')
    await page.getByLabel(say('customers.field.phone'), { exact: true }).fill('13800138000')
    await expect(page.getByRole('link', { name: '李晓梅' })).toBeVisible()
    await expect(page.getByText(say('customers.likeness.phone'))).toBeVisible()
    await page.getByRole('button', { name: say('customers.add'), exact: true }).click()
    await expect(page.getByRole('button', { name: say('customers.add_anyway') })).toBeVisible()
    await expectNoOverflow(page)
    await expectAccessible(page)
    await shot('customer-duplicate')
    await page.getByRole('link', { name: '李晓梅' }).click()
    await expect(page.getByRole('heading', { level: 1, name: '李晓梅' })).toBeVisible()
  })
})

test('a value is edited where it stands; its history shows who, and takes it back', async ({
  page,
  asOwner,
  say,
  shot,
}) => {
  const id = await aCustomer(page, { name: '王建国', city: '上海', gender: 'male' })
  await page.goto(`/customers/${id}`)

  const city = say('customers.field.city')
  await page.getByRole('button', { name: say('customers.edit_field', { field: city }) }).click()
  await expectAccessible(page)
  await shot('customer-editing')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('杭州')
  await page.keyboard.press('Enter')
  await expect(page.getByText(say('customers.saved_field', { field: city }))).toBeVisible()
  const profile = page.getByRole('region', { name: say('customers.profile') })
  await expect(profile.locator('.said', { hasText: '杭州' })).toBeVisible()
  await expect(page.getByRole('button', { name: say('customers.edit_field', { field: city }) })).toBeFocused()

  await page.getByRole('button', { name: say('web.why_of', { of: city }) }).click()
  await expect(page.getByText(say('customers.chosen.only'))).toBeVisible()
  await shot('customer-why')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: say('customers.history') }).click()
  const sheet = page.getByRole('dialog', { name: say('customers.history') })
  const change = sheet.getByRole('listitem').filter({ hasText: '杭州' })
  await expect(change).toContainText('上海')
  await expect(change).toContainText(asOwner.name)
  await expectAccessible(page)
  await shot('customer-history')
  await change.getByRole('button', { name: say('customers.undo_change') }).click()
  await expect(sheet.getByRole('listitem').first()).toContainText(/杭州.*上海/)
  await page.keyboard.press('Escape')
  await expect(profile.locator('.said', { hasText: '上海' })).toBeVisible()
})

test.describe(() => {
  test.use({ expectedStatuses: [412] })

  test('two people edit one customer at once: the second sees the first, and nothing is lost', async ({
    page,
    context,
    asOwner,
    say,
    shot,
  }) => {
    expect(asOwner.name).toBe('林店长')
    const id = await aCustomer(page, { name: '陈静', notes: '第一次来' })
    const edit = say('customers.edit_field', { field: say('customers.field.notes') })
    const other = await context.newPage()
    for (const window of [page, other]) {
      await window.goto(`/customers/${id}`)
      await window.getByRole('button', { name: edit }).click()
    }
    const notes = say('customers.field.notes')
    await other.getByRole('textbox', { name: notes }).fill('喜欢白茶')
    await other.getByRole('button', { name: say('web.save'), exact: true }).click()
    await expect(other.getByText(say('customers.saved_field', { field: notes }))).toBeVisible()

    await page.bringToFront()
    await page.getByRole('textbox', { name: notes }).fill('怕烫')
    await page.getByRole('button', { name: say('web.save'), exact: true }).click()
    const conflict = page.getByRole('alert').filter({ hasText: say('web.conflict') })
    await expect(conflict).toContainText('喜欢白茶')
    await expect(page.getByRole('textbox', { name: notes })).toHaveValue('怕烫')
    await expectNoOverflow(page)
    await expectAccessible(page)
    await shot('customer-conflict')
    await conflict.getByRole('button', { name: say('customers.save_mine') }).click()

    await expect(page.getByRole('region', { name: say('customers.profile') }).getByText('怕烫')).toBeVisible()
    await page.getByRole('button', { name: say('customers.history') }).click()
    await expect(page.getByRole('dialog')).toContainText('喜欢白茶')
  })
})

test('the list shows the columns that were chosen, and saves them as a file for a spreadsheet', async ({
  page,
  asOwner,
  say,
  isMobile,
  shot,
}) => {
  expect(asOwner.name).toBe('林店长')
  await aCustomer(page, { name: '=赵"六"', occupation: '教师', city: '苏州' }, ['+8613900139001'])
  await page.goto('/customers')
  await expect(page.getByRole('link', { name: '=赵"六"' })).toBeVisible()
  if (!isMobile) {
    await page.getByRole('button', { name: say('web.columns') }).click()
    await page.getByRole('checkbox', { name: say('customers.field.occupation') }).check()
    await shot('customers-columns')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('columnheader', { name: say('customers.field.occupation') })).toBeVisible()
    await page.reload()
    await expect(page.getByRole('cell', { name: '教师' })).toBeVisible()
  }
  await page.waitForLoadState('networkidle')
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('customers')

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: say('customers.export') }).click(),
  ])
  const bytes = await readFile(await file.path())

  expect(file.suggestedFilename()).toMatch(/^customers-\d{4}-\d{2}-\d{2}\.csv$/)
  expect([...bytes.subarray(0, 3)], 'a mark that tells spreadsheets UTF-8').toEqual([0xef, 0xbb, 0xbf])
  const [head, first] = bytes.subarray(3).toString('utf8').split('\r\n')
  expect(head).toContain(`"${say('customers.field.name')}","${say('customers.field.phone')}"`)
  expect(first, 'a name cannot become a formula').toContain(`"'=赵""六"""`)
  expect(first).toContain('13900139001')
  expect(head).toContain(`"${say('value.column.stage')}"`)
  expect(first, 'what is computed of customers is exported as it is shown').toContain(`"${say('web.stage.never')}"`)
  expect(first).toContain('"0.00"')
  if (!isMobile) expect(first).toContain('"教师"')
})
