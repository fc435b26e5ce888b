import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import { type Locale, say } from '#platform/i18n/index.ts'
import { expectAccessible, settled } from './accessible.ts'
import { answered, countQuestions } from './answered.ts'
import { expectNoOverflow } from './controls.ts'
import { type StartedHouse, startHouse } from './started-house.ts'
import { troubleOf } from './trouble.ts'

export { expect } from '@playwright/test'
export { expectAccessible } from './accessible.ts'

type Owner = { name: string; email: string; password: string }

type Cookies = { of: Awaited<ReturnType<BrowserContext['cookies']>> }

/** The words of a message in the walk's language: `say('customers.title')`. */
type Say = (key: string, params?: Record<string, string | number>) => string

/**
 * A walk through the real house. Every page of it must stay silent: see `troubleOf`.
 * @example
 * test('an owner sees her customers', async ({ page, asOwner }) => { await page.goto('/customers') … })
 */
export const test = base.extend<
  {
    /** Statuses that this walk provokes on purpose: `test.use({ expectedStatuses: [412] })`. */
    expectedStatuses: number[]
    /** The language of the owner and of the browser. */
    language: Locale
    /** What stands on the screen, in the walk's language. */
    say: Say
    /** Signs the page in as the owner; the house is set up first where nobody has done so. */
    asOwner: Owner
    /**
     * Looks at a page as it stands when all is there: no wider than the window, nothing for axe to find; keeps a picture, see `shot`.
     * Of another page than the walk's own where one is told.
     */
    look: (name: string, page?: Page) => Promise<void>
    /** Keeps a picture of the page for people to look at, where SHOTS names a folder for them. */
    shot: (name: string, page?: Page) => Promise<void>
  },
  {
    /** Files whose walks need a house to themselves name another: `test.use({ houseName: 'insight' })`. */
    houseName: string
    house: StartedHouse
    owner: Owner
    /** What the owner's last sign-in left: a walk for each would be too many sign-ins in five minutes. */
    keptCookies: Cookies
  }
>({
  expectedStatuses: [[], { option: true }],
  language: ['zh-CN', { option: true }],
  locale: async ({ language }, use) => use(language === 'en' ? 'en-GB' : language),
  say: async ({ language }, use) => use((key, params) => said(language, key, params)),
  houseName: ['shared', { option: true, scope: 'worker' }],
  house: [
    // The name is asked for so that a worker with another name has another house.
    async ({ houseName: _name }, use) => {
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
  // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for the pattern
  keptCookies: [async ({}, use) => use({ of: [] }), { scope: 'worker' }],
  baseURL: async ({ house }, use) => use(house.address),
  asOwner: async ({ owner, context, house, language, keptCookies }, use) => {
    const { email, password } = owner
    await context.addCookies(keptCookies.of)
    const seen = await context.request.get(`${house.address}/api/session`)
    if (!(await seen.json()).staff) {
      const answer = await context.request.post(`${house.address}/api/session`, { data: { email, password } })
      expect(answer.status()).toBe(200)
      keptCookies.of = await context.cookies()
    }
    const spoken = await context.request.patch(`${house.address}/api/me`, { data: { locale: language } })
    expect(spoken.status()).toBe(200)
    await use(owner)
  },
  page: async ({ page, expectedStatuses }, use) => {
    const trouble = troubleOf(page, expectedStatuses)
    countQuestions(page)
    await use(page)
    expect(trouble(), 'the console is silent and every request answered').toEqual([])
  },
  look: async ({ page, shot }, use) => {
    await use(async (name, of = page) => {
      await answered(of)
      await settled(of)
      await expectNoOverflow(of)
      await expectAccessible(of)
      await shot(name, of)
    })
  },
  shot: async ({ page, language }, use, { project }) => {
    await use(async (name, of = page) => {
      const folder = process.env.SHOTS
      if (!folder) return
      await settled(of)
      await of.screenshot({ path: `${folder}/${name}-${project.name}-${language}.png`, fullPage: true })
    })
  },
})

/** English at the desk, Chinese on the phone: each walk is done once in both. @example test.use(inTwoLanguages) */
export const inTwoLanguages = {
  language: async ({ isMobile }: { isMobile: boolean }, use: (language: Locale) => Promise<void>) =>
    use(isMobile ? 'zh-CN' : 'en'),
}

function said(language: Locale, key: string, params?: Record<string, string | number>): string {
  const text = say(language, key, params)
  if (text === key) throw new Error(`No message has the key ${key}`)
  return text
}
