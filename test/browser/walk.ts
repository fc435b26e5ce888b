import { test as base, expect } from '@playwright/test'
import { type StartedHouse, startHouse } from './started-house.ts'
import { troubleOf } from './trouble.ts'

export { expect } from '@playwright/test'
export { expectAccessible } from './accessible.ts'

type Owner = { name: string; email: string; password: string }

/**
 * A walk through the real house. Every page of it must stay silent: see `troubleOf`.
 * @example
 * test('an owner sees her customers', async ({ page, asOwner }) => { await page.goto('/customers') … })
 */
export const test = base.extend<
  {
    /** Statuses that this walk provokes on purpose: `test.use({ expectedStatuses: [412] })`. */
    expectedStatuses: number[]
    /** Signs the page in as the owner; the house is set up first where nobody has done so. */
    asOwner: Owner
  },
  { house: StartedHouse; owner: Owner }
>({
  expectedStatuses: [[], { option: true }],
  house: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern
    async ({}, use) => {
      const house = await startHouse()
      await use(house)
      await house.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  owner: [
    async ({ house }, use) => {
      const owner = { name: '林店长', email: 'lin@example.com', password: 'a-long-pass-phrase-of-tea' }
      const token = new URL(house.setUpAddress).hash.replace(/^#token=/, '')
      const answer = await fetch(`${house.address}/api/setup`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          token,
          owner: { ...owner, locale: 'zh-CN' },
          merchant: { name: '云栖茶舍', zone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh-CN' },
          shop: { name: '总店' },
        }),
      })
      if (!answer.ok) throw new Error(`The house could not be set up: ${await answer.text()}`)
      await use(owner)
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ house }, use) => use(house.address),
  asOwner: async ({ owner, context, house }, use) => {
    const { email, password } = owner
    const answer = await context.request.post(`${house.address}/api/session`, { data: { email, password } })
    expect(answer.status()).toBe(200)
    await use(owner)
  },
  page: async ({ page, expectedStatuses }, use) => {
    const trouble = troubleOf(page, expectedStatuses)
    await use(page)
    expect(trouble(), 'the console is silent and every request answered').toEqual([])
  },
})
