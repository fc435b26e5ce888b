import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from './walk.ts'

type Locale = 'zh-CN' | 'en'

/** Column names that nobody could guess, two orders that are fine, and two rows that are not. */
const spring = {
  name: 'spring.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`单据,哪天买的,货号,品名,几件,卖多少,手机,谁
S1,2026-01-05 10:00,T1,龙井,1,120.00,13812345678,王小明
S1,2026-01-05 10:00,T2,茶杯,2,35.50,13812345678,王小明
S2,2026-01-08 11:30,T1,龙井,1,120.00,13912345678,李小红
S3,2026-02-30 11:30,T2,茶杯,1,35.50,13712345678,张三
S4,2026-02-11 15:00,T3,普洱,1,一百,13712345678,张三
`),
}

const meanings = {
  'order.number': '单据',
  'order.placedAt': '哪天买的',
  'line.code': '货号',
  'line.name': '品名',
  'line.quantity': '几件',
  'line.unitPrice': '卖多少',
  'customer.phone': '手机',
  'customer.name': '谁',
}

test.afterEach(({ page }) => speak(page, 'zh-CN'))

test('a file is uploaded, understood, tried, imported, found among the customers, and undone', async ({
  page,
  asOwner,
  isMobile,
}) => {
  test.setTimeout(180_000)
  expect(asOwner.name).toBe('林店长')
  const locale = isMobile ? 'zh-CN' : 'en'
  const say = wordsIn(locale)
  await speak(page, locale)

  await page.goto('/import')
  await expect(page.getByRole('heading', { name: say('empty') })).toBeVisible()
  await expectAccessible(page)

  await page.locator('input[type="file"]').setInputFiles(spring)
  await expect(page).toHaveURL(/\/import\/\d+$/)
  const address = page.url()
  await expect(page.getByRole('heading', { level: 1, name: 'spring.csv' })).toBeVisible()

  for (const [target, column] of Object.entries(meanings)) await choose(page, say(`target.${target}`), column)
  await expectAccessible(page)

  await page.reload()
  await expect(page.getByRole('columnheader', { name: '单据' })).toContainText(say('target.order.number'))
  await page.getByRole('button', { name: say('compare'), exact: true }).click()

  const customers = page.getByRole('row', { name: new RegExp(`^${say('entity.customers')}`) })
  await expect(customers).toContainText('2', { timeout: 60_000 })
  await expect(page.getByText('2026-02-30 11:30', { exact: true })).toBeVisible()
  await expectAccessible(page)
  expect(await unusableRows(page, address)).toContain('一百')

  await page.getByRole('button', { name: say('apply'), exact: true }).click()
  await expect(page.getByRole('heading', { name: say('summary') })).toBeVisible({ timeout: 60_000 })
  await expectAccessible(page)

  await page.getByRole('link', { name: say('to_customers') }).click()
  await expect(page.getByText('王小明', { exact: true })).toBeVisible()
  await expect(page.getByText('李小红', { exact: true })).toBeVisible()
  await expect(page.getByText('张三')).toBeHidden()

  await page.goto('/import')
  await page.getByRole('link', { name: 'spring.csv' }).click()
  await page.getByRole('button', { name: say('undo_ask') }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: say('undo_yes') }).click()
  await expect(page.getByRole('heading', { name: say('undone') })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(say('no_leftovers'))).toBeVisible()
  await expectAccessible(page)

  await page.goto('/customers')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.waitForLoadState('networkidle')
  await expect(page.getByText('李小红')).toBeHidden()
})

test.describe('what cannot be used', () => {
  test.use({ expectedStatuses: [422] })

  test('an empty file and one that is no table are refused with words that say what to do', async ({
    page,
    asOwner,
  }) => {
    expect(asOwner.name).toBe('林店长')
    const say = wordsIn('zh-CN')
    await page.goto('/import')
    const field = page.locator('input[type="file"]')

    await field.setInputFiles({ name: 'leer.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) })
    await expect(page.getByRole('alert')).toContainText('leer.csv')

    await field.setInputFiles({
      name: 'cat.png',
      mimeType: 'image/png',
      buffer: Buffer.from('89504e470d0a1a0a', 'hex'),
    })
    await expect(page.getByRole('alert')).toContainText('cat.png')
    await expectAccessible(page)
    await page.getByRole('button', { name: say('dismiss').replace('{name}', 'cat.png') }).click()
    await expect(page.getByRole('alert')).toBeHidden()
  })
})

/** Says by keyboard alone which column holds what. */
async function choose(page: Page, target: string, column: string): Promise<void> {
  const field = page.getByRole('combobox', { name: target, exact: true })
  await field.focus()
  await page.keyboard.type(column)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('columnheader', { name: column })).toContainText(target)
}

async function unusableRows(page: Page, address: string): Promise<string> {
  const id = address.split('/').at(-1)
  return (await page.request.get(`/api/imports/${id}/unusable`)).text()
}

async function speak(page: Page, locale: Locale): Promise<void> {
  await page.request.patch('/api/me', { data: { locale } })
}

function wordsIn(locale: Locale): (key: string) => string {
  const path = join(import.meta.dirname, `../../src/doors/exchange/messages/${locale}.json`)
  const words = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
  return (key) => words[`exchange.page.${key}`] ?? key
}
