import { type APIRequestContext, type BrowserContext, expect as check } from '@playwright/test'
import { choose, expectNoOverflow } from './controls.ts'
import { troubleOf } from './trouble.ts'
import { expect, expectAccessible, inTwoLanguages, test } from './walk.ts'

test.use({ ...inTwoLanguages, houseName: 'scope-and-mask' })

const key = () => ({ 'idempotency-key': crypto.randomUUID() })

async function aCustomer(request: APIRequestContext, name: string, phone: string): Promise<number> {
  const data = { values: { name, city: '上海', notes: '喜欢茉莉花茶' }, phones: [phone], emails: [], anyway: true }
  const answer = await request.post('/api/customers', { headers: key(), data })
  check(answer.status(), await answer.text()).toBe(201)
  return (await answer.json()).id
}

/** A colleague who has joined, at a device of her own. */
async function joined(owner: APIRequestContext, device: BrowserContext, name: string, email: string): Promise<number> {
  const invited = await owner.post('/api/staff/invites', { data: { name, email, role: 'assistant' } })
  check(invited.status(), await invited.text()).toBe(201)
  const token = (await invited.json()).address.split('#token=')[1]
  const used = await device.request.post('/api/links/uses', {
    data: { token, password: 'white-tea-in-the-rain', name },
  })
  check(used.status(), await used.text()).toBe(200)
  return (await used.json()).staff.id
}

test('an assistant sees her own customers with masked phones, shows one, and the owner finds that in the log', async ({
  page,
  asOwner,
  browser,
  house,
  locale,
  language,
  say,
  isMobile,
  shot,
}) => {
  test.slow() // three people and eleven pages, each looked at by axe in light and dark
  expect(asOwner.name).toBe('林店长')
  const suffix = isMobile ? 'phone' : 'wide'
  const [hersName, colleague] = [`小美${suffix}`, `阿然${suffix}`]
  const options = { baseURL: house.address, locale, viewport: page.viewportSize(), isMobile, hasTouch: isMobile }
  const device = await browser.newContext(options)
  const other = await browser.newContext(options)
  const mei = await joined(page.request, device, hersName, `mei-${suffix}@example.com`)
  await joined(page.request, other, colleague, `ran-${suffix}@example.com`)
  await device.request.patch('/api/me', { data: { locale: language } })
  const hers = await aCustomer(page.request, `王芳${suffix}`, isMobile ? '13800138001' : '13800138000')
  const notHers = await aCustomer(page.request, `李雷${suffix}`, isMobile ? '13911112223' : '13911112222')

  // A team, with her as its lead.
  await page.goto('/settings/staff')
  await page
    .getByRole('button', { name: say('staff.add_team') })
    .or(page.getByRole('link', { name: say('staff.add_team') }))
    .click()
  await page.getByLabel(say('staff.team_name')).fill(`茶艺${suffix}`)
  await choose(page, page.getByRole('combobox', { name: say('staff.members') }), colleague)
  await page.keyboard.press('Escape')
  await choose(page, page.getByRole('combobox', { name: say('staff.lead') }), hersName)
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('team')
  await page.getByRole('button', { name: say('web.save') }).click()
  await expect(page.getByRole('link', { name: `茶艺${suffix}` })).toBeVisible()
  await expect(page.getByText(say('staff.team_led_by', { name: hersName }))).toBeVisible()
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('staff-teams')

  // She sees her own customers.
  await page.goto(`/settings/staff/${mei}`)
  await page.getByRole('radio', { name: new RegExp(say('staff.sees.own')) }).check()
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('staff-sees')
  await page.getByRole('button', { name: say('web.save') }).click()
  await expect(page.getByText(say('staff.was_saved'))).toBeVisible()

  // What roles are shown.
  await page.goto('/settings/sight')
  await expect(page.getByText(say('staff.sight_means'))).toBeVisible()
  const notes = `${say('staff.role.assistant')}: ${say('staff.sight.notes')}`
  await choose(page, page.getByRole('combobox', { name: notes }), new RegExp(`^${say('staff.level.masked')}$`))
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('sight')
  await page.getByRole('button', { name: say('web.save') }).click()
  await expect(page.getByText(say('staff.sight_saved'))).toBeVisible()

  // A customer is handed over to her, with a word.
  await page.goto(`/customers/${hers}`)
  await page.getByRole('button', { name: say('customers.give_owner') }).click()
  await choose(page, page.getByRole('combobox', { name: say('customers.hand_over_to') }), hersName)
  await page.getByLabel(say('customers.hand_over_note')).fill('答应过她秋天留一罐桂花乌龙')
  await expectAccessible(page)
  await page.getByRole('button', { name: say('customers.hand_over'), exact: true }).click()
  await expect(page.getByText(say('customers.was_handed', { name: hersName })).first()).toBeVisible()
  await expect(page.getByText('桂花乌龙').first()).toBeVisible()
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('customer-owner')

  // She, at her device.
  const her = await device.newPage()
  const trouble = troubleOf(her, [404])
  await her.goto('/customers')
  const masked = isMobile ? '138****8001' : '138****8000'
  await expect(her.getByText(`王芳${suffix}`).first()).toBeVisible()
  await expect(her.getByText(masked).first()).toBeVisible()
  await expect(her.getByText(`李雷${suffix}`)).toHaveCount(0)
  await expectNoOverflow(her)
  await expectAccessible(her)
  await shot('customers-own', her)
  await her.goto(`/customers/${notHers}`)
  await expect(her.getByText(say('customers.unknown'))).toBeVisible()
  await her.goto(`/customers/${hers}`)
  await expect(her.getByText('***').first()).toBeVisible()
  await expect(her.getByText('茉莉')).toHaveCount(0)
  await expectNoOverflow(her)
  await expectAccessible(her)
  await shot('customer-masked', her)
  await her.getByRole('button', { name: say('customers.reveal_this', { field: say('customers.field.phone') }) }).click()
  await expect(her.getByRole('link', { name: isMobile ? '+86 138 0013 8001' : '+86 138 0013 8000' })).toBeVisible()
  await shot('customer-revealed', her)
  expect(trouble()).toEqual([])

  // The owner finds it.
  await page.goto('/settings/audit')
  const revealed = say('audit.action.customers.reveal')
  await expect(page.getByText(revealed).first()).toBeVisible()
  await choose(page, page.getByRole('combobox', { name: say('audit.who') }), hersName)
  await expect(page.getByText(revealed).first()).toBeVisible()
  await expect(page.getByText(say('audit.object.customers', { id: hers })).first()).toBeVisible()
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('audit')
  await page.getByRole('button', { name: say('audit.check') }).click()
  await expect(page.getByText(say('audit.anchor'))).toBeVisible()
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('audit-checked')
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: say('audit.export') }).click()
  expect((await saving).suggestedFilename()).toMatch(/^audit-\d{4}-\d\d-\d\d\.csv$/)
  await device.close()
  await other.close()
})
