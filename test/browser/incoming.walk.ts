import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expectNoOverflow } from './controls.ts'
import { expect, expectAccessible, inTwoLanguages, test } from './walk.ts'

test.use({ houseName: 'incoming', ...inTwoLanguages })
test.describe.configure({ mode: 'serial' })

/** A shop of somebody's, at another address, whose pages carry the snippet. */
let shop: { server: Server; address: string; snippet: string }
test.beforeAll(async () => {
  const server = createServer((asked, answer) => {
    const ask = asked.url?.includes('ask') ? ' data-consent="ask"' : ''
    answer.setHeader('content-type', 'text/html; charset=utf-8')
    answer.end(`<!doctype html><title>Longjing</title>${shop.snippet.replace(' data-key', `${ask} data-key`)}`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  shop = { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, snippet: '' }
})
test.afterAll(() => shop.server.close())

type Regulars = (...call: unknown[]) => void
const tell = (page: Page, ...call: unknown[]) =>
  page.evaluate((call) => (window as unknown as { regulars: Regulars }).regulars(...call), call)

test('a shop’s page tells what a visitor does, and who it is; a closed tab loses nothing', async ({
  page,
  asOwner,
  browser,
  house,
  say,
  shot,
}) => {
  expect(asOwner.name).toBe('林店长')
  await page.goto('/settings/incoming')
  await expect(page.getByText(say('ingest.none'))).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: say('ingest.make') }).click()
  await page.getByLabel(say('ingest.name'), { exact: true }).fill('Web shop')
  await page.getByLabel(say('ingest.shop'), { exact: true }).click()
  await page.getByTitle('总店').click()
  await page.getByText(say('ingest.place_browser')).click()
  await expectAccessible(page)
  await shot('incoming-new-key')
  await page.getByRole('button', { name: say('ingest.make') }).click()
  shop.snippet = await page.getByLabel(say('ingest.snippet')).inputValue()
  expect(shop.snippet).toContain(`${house.address}/tracker.js`)

  const visitor = await browser.newContext()
  const first = await visitor.newPage()
  await first.goto(`${shop.address}/longjing?utm_source=wechat&utm_campaign=spring`)
  await first.waitForFunction(() => (window as unknown as { regulars: { here?: 1 } }).regulars.here === 1)
  await tell(first, 'track', 'Product Viewed', { sku: 'TEA-1', price: 88 })
  await tell(first, 'track', 'Product Added to Wishlist', { sku: 'TEA-1' })
  // At once, before anything can have been sent.
  await first.close()
  const second = await visitor.newPage()
  await second.goto(`${shop.address}/account`)
  await second.waitForFunction(() => (window as unknown as { regulars: { here?: 1 } }).regulars.here === 1)
  await tell(second, 'identify', 'member-7', { name: '沈知夏', email: 'zhixia@mail.example' })
  await tell(second, 'track', 'Product Added', { sku: 'TEA-1' })

  let customer = 0
  await expect(async () => {
    const found = await page.request.post('/api/customers/search', { data: { text: 'zhixia@mail.example' } })
    customer = (await found.json()).items[0].id
  }).toPass()
  await expect(async () => {
    await page.goto(`/customers/${customer}`)
    await expect(page.getByText(say('fact.behaviour.carted', { products: 'TEA-1' }))).toBeVisible({ timeout: 2_000 })
  }).toPass()
  await expect(page.getByText(say('fact.behaviour.viewed', { products: 'TEA-1' }))).toHaveCount(1)
  await expect(page.getByText(say('fact.behaviour.favoured', { products: 'TEA-1' }))).toHaveCount(1)
  await shot('incoming-timeline')
  await visitor.close()
})

test('before a visitor agrees nothing leaves the browser; who says no is forgotten', async ({ asOwner, browser }) => {
  expect(asOwner.name).toBe('林店长')
  const visitor = await browser.newContext()
  const page = await visitor.newPage()
  const sent: string[] = []
  page.on('request', (request) => request.url().includes('/v1/') && sent.push(request.postData() ?? ''))
  await page.goto(`${shop.address}/ask`)
  await page.waitForFunction(() => (window as unknown as { regulars: { here?: 1 } }).regulars.here === 1)
  const kept = () => page.evaluate(() => Object.keys(localStorage))

  await tell(page, 'track', 'Product Viewed', { sku: 'TEA-2' })
  await page.waitForTimeout(1_500)
  expect([sent, await kept()]).toEqual([[], []])

  await tell(page, 'consent', true)
  await expect.poll(() => sent.length).toBeGreaterThan(0)
  expect(sent.join()).toContain('TEA-2')
  await expect.poll(async () => (await kept()).filter((name) => name.startsWith('rg.q'))).toEqual([])

  await tell(page, 'consent', false)
  await tell(page, 'track', 'Product Viewed', { sku: 'TEA-3' })
  await page.waitForTimeout(1_500)
  expect(await kept()).toEqual(['rg.c'])
  expect(sent.join()).not.toContain('TEA-3')
  await visitor.close()
})

test('the owner sees what comes in, why something could not be used, and has it tried again', async ({
  page,
  asOwner,
  house,
  say,
  shot,
}) => {
  expect(asOwner.name).toBe('林店长')
  const key = /data-key="([^"]+)"/.exec(shop.snippet)![1]!
  const answer = await fetch(`${house.address}/v1/batch`, {
    method: 'POST',
    body: JSON.stringify({
      writeKey: key,
      batch: [
        { type: 'track', event: 'Product Viewed', messageId: 'nobody' },
        {
          type: 'track',
          event: 'Order Completed',
          userId: 'member-7',
          messageId: 'order',
          properties: { order_id: 'A-1', total: 5 },
        },
      ],
    }),
  })
  expect(answer.status).toBe(200)
  await page.goto('/settings/incoming')

  await expect(page.getByText(say('ingest.reason.no_person'), { exact: true })).toBeVisible()
  await expect(page.getByText('Product Added').first()).toBeVisible()
  await expect(page.getByText('member-7')).toHaveCount(0)
  const reason = say('ingest.reason.order_not_allowed')
  await page.getByRole('button', { name: say('ingest.look_at', { reason }) }).click()
  await expect(page.getByText('"order_id": "A-1"')).toBeVisible()
  await expectNoOverflow(page)
  await expectAccessible(page)
  await shot('incoming')
  await page.getByRole('button', { name: say('ingest.replay_of', { reason }) }).click()
  await expect(page.getByText(say('ingest.replayed', { count: 1 }))).toBeVisible()
  await expect(page.getByText(say('ingest.tries', { count: 2 }), { exact: false })).toBeVisible()

  await page.getByRole('button', { name: say('ingest.end_of', { name: 'Web shop' }) }).click()
  await page.getByRole('button', { name: say('ingest.end_do') }).click()
  await expect(page.getByText(say('ingest.ended'), { exact: true })).toBeVisible()
})
