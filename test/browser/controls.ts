import { expect, type Locator, type Page } from '@playwright/test'

/**
 * Chooses from a list that opens: types into it where that finds, else goes down it until the option with these words is there.
 * A page that is still filling may close what was just opened; a person opens it again, and so does this, twice.
 */
export async function choose(page: Page, field: Locator, option: string | RegExp, typed?: string): Promise<void> {
  const options = page.locator('.ant-select-dropdown:visible .ant-select-item-option')
  const wanted = options.filter({ hasText: option }).first()
  for (let attempt = 1; ; attempt++) {
    await field.click()
    if (typed) {
      if (attempt > 1) await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type(typed)
    }
    try {
      await options.first().waitFor({ timeout: 5_000 })
      for (let step = 0; step < 40 && !(await wanted.isVisible()); step++) await page.keyboard.press('ArrowDown')
      await wanted.click({ timeout: 5_000 })
      return
    } catch (error) {
      if (attempt === 3) throw error
    }
  }
}

/** Walks with the Tab key until the focus is there: what the mouse can do, the keyboard can. At most 100 steps. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let step = 0; step < 100; step++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The Tab key did not reach ${target}`)
}

/** Expects that the page is no wider than the window: nothing must be scrolled sideways to be read. */
export async function expectNoOverflow(page: Page): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(beyond, `${new URL(page.url()).pathname} is wider than the window`).toBeLessThanOrEqual(0)
}
