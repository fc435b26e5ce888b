import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { choose } from './controls.ts'
import { taobaoFile } from './taobao-file.ts'
import { expect, inTwoLanguages, test } from './walk.ts'

test.use({ houseName: 'segments', ...inTwoLanguages })
test.describe.configure({ mode: 'serial' })

/** Twelve buyers, six of Hangzhou: the later, the more they spent; the last four a long time ago. */
const purchases = Array.from({ length: 12 }, (_, buyer) => ({
  buyer,
  daysAgo: buyer < 8 ? 20 : 200,
  amount: 100 * (buyer + 1),
}))

test('a segment is begun with advice, written, told in words, counted, explained, saved and opened', async ({
  page,
  house,
  asOwner,
  say,
  isMobile,
  look,
  shot,
}) => {
  expect(asOwner.name).toBe('林店长')
  const folder = await mkdtemp(join(tmpdir(), 'regulars-file-'))
  await writeFile(join(folder, '订单.csv'), taobaoFile(purchases, new Date()))
  await promisify(execFile)(
    process.execPath,
    ['src/main.ts', 'import', join(folder, '订单.csv'), '--preset', 'taobao-orders', '--json'],
    { cwd: join(import.meta.dirname, '../..'), env: { ...process.env, REGULARS_DATA: house.data } },
  )
  await rm(folder, { recursive: true })

  await page.goto('/segments')
  const preset = page.getByRole('listitem').filter({ hasText: say('segments.preset.lost') })
  await expect(preset).toBeVisible()
  await look('segments-empty')
  await preset.getByRole('link', { name: say('segments.use_preset') }).click()
  const text = page.getByLabel(say('segments.as_text'))
  await expect(text).toHaveValue('stage = lost and purchases >= 2')

  await text.fill('spent(last 90 days) >= 300 and cit')
  await expect(
    page.getByRole('list', { name: say('segments.offers') }).getByRole('button', { name: 'city' }),
  ).toBeVisible()
  await expect(page.locator('.question-fault mark')).toHaveText('cit')
  await look('segment-written')
  await text.fill(
    'days_to(birthday) <= 7 or orders(during mid_autumn(before 14)) >= 1 or sequence(view then not buy within 7 days, last 90 days) or chance_here <= 50 or may(sms, for service) or purchases = 1 or moved(into silent, last 30 days)',
  )
  // Each has a form, and the reach of whom it finds is told way by way.
  for (const kind of ['birthday', 'count', 'sequence', 'chance', 'may', 'purchases', 'moved']) {
    await expect(page.locator('.condition > strong', { hasText: say(`segments.kind.${kind}`) }).first()).toBeVisible()
  }
  await expect(page.locator('.reach .metric')).toHaveCount(4)
  await page.getByRole('button', { name: say('segments.add_step') }).click()
  await expect(text).toHaveValue(/view then buy within 7 days then buy/)
  await look('segment-forms')
  // Two cities have a district of that name; the tree tells which, and is searched by pinyin.
  await text.fill('region = 西湖区')
  await expect(page.locator('.question-fault mark')).toHaveText('西湖区')
  await text.fill('region = 苏州 and distance to nearest <= 30 km')
  await expect(page.locator('.condition > strong', { hasText: say('segments.kind.distance') })).toBeVisible()
  const regions = page.getByRole('combobox', { name: say('segments.regions') })
  await regions.click()
  await regions.fill('xihu')
  await page
    .locator('.ant-select-tree-title')
    .filter({ hasText: /^(西湖区|Xihu) · 6$/ })
    .click()
  await expect(text).toHaveValue(/(苏州, 杭州\/西湖区|Suzhou, Hangzhou\/Xihu)/)
  await page.keyboard.press('Escape')
  await look('segment-regions')
  await text.fill('spent(last 90 days) >= 300')
  const found = page.locator('.tally .metric-value').first()
  await expect(found).toHaveText('6')
  await expect(page.locator('.question-sentence')).toContainText(/300/)

  // As in a shop of a million: about how many first, and exactly when all are counted.
  const estimates = '**/segments/estimates'
  const told = { customers: 1_000_000, matched: 123_456, unknown: 5210, least: 121_900, most: 125_020, oneIn: 50 }
  await page.route(estimates, (route) => route.fulfill({ json: { ...told, exact: false } }))
  let counted = () => {}
  const waiting = new Promise<void>((done) => {
    counted = done
  })
  await page.route('**/segments/tallies', async (route) => {
    await waiting
    await route.continue()
  })
  await text.fill('spent(last 90 days) >= 400')
  await expect(found).toHaveText(say('segments.about', { count: 123_000 }))
  await shot('segment-about')
  counted()
  await expect(found).toHaveText('5')
  await page.unroute(estimates)
  await text.fill('spent(last 90 days) >= 300')
  await expect(found).toHaveText('6')

  await page
    .getByRole('button', { name: say('segments.why_in') })
    .first()
    .click()
  await expect(page.locator('.reason.yes').first()).toBeVisible()
  await page.getByLabel(say('segments.name'), { exact: true }).fill('常客')
  await look('segment')
  await page.getByRole('button', { name: say('web.save'), exact: true }).click()

  const saved = isMobile ? page.locator('.card') : page.locator('tbody tr')
  await expect(saved).toHaveCount(1)
  await look('segments')
  await page.getByText('常客').first().click()
  await expect(found).toHaveText('6')
  // It keeps itself: counted in a moment, without anybody having come in.
  const kept = page.locator('section', { has: page.getByRole('heading', { name: say('membership.title') }) })
  await expect(kept.locator('.metric-value').first()).toHaveText('6', { timeout: 30_000 })
  await expect(kept.getByText(say('membership.nobody_lately'))).toBeVisible()
  await look('segment-kept')

  // Kept as it is under a name; then one of them is kept out by hand, on her own page.
  await page.getByLabel(say('segments.snapshot_name')).fill('春季名单')
  await page.getByRole('button', { name: say('segments.take_snapshot') }).click()
  await expect(page.locator('.snapshots > li')).toHaveCount(1)
  const person = page.locator('.sample a').first()
  const name = (await person.textContent()) ?? ''
  await person.click()
  await page.getByRole('button', { name: say('segments.pick_here') }).click()
  await choose(page, page.getByRole('combobox', { name: say('segments.which') }), '常客')
  await choose(page, page.getByRole('combobox', { name: say('segments.pick_how') }), say('segments.pick.out'))
  await page.getByRole('textbox', { name: say('segments.pick_reason'), exact: true }).fill('不再邀请')
  await page
    .locator('.pick-form')
    .getByRole('button', { name: say('segments.pick'), exact: true })
    .click()
  await expect(page.locator('.pick-words')).toContainText('不再邀请')
  await expect(page.getByRole('heading', { name: say('segments.customer.no') })).toBeVisible()
  await look('customer-picked')
  await page.goto('/segments')
  await expect(saved).toHaveCount(1)
  await saved.getByText('常客').first().click()
  await expect(found).toHaveText('5')
  await page.getByRole('button', { name: say('segments.compare') }).click()
  await expect(page.locator('.snapshots .metric-value')).toHaveText(['6', '5', '1', '0'])
  await look('segment-by-hand')
  await page.getByRole('button', { name: say('segments.unpick_one', { name }) }).click()
  await expect(found).toHaveText('6')
  await found.click()
  await expect(page.getByText(say('customers.count', { count: 6 }), { exact: true })).toBeVisible()
  await page.goBack()
  await page.getByRole('button', { name: say('segments.remove') }).click()
  await expect(preset).toBeVisible()
})
