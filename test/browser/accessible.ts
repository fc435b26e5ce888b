import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'
import type { AxeResults, RunOptions } from 'axe-core'

declare const axe: { run(options: RunOptions): Promise<AxeResults> }

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * Expects that axe finds nothing on the page as it stands. What is about colours, in light and in dark, at the desk alone: a phone has
 * another layout and the same colours.
 */
export async function expectAccessible(page: Page): Promise<void> {
  // A page that is still on its way has no heading, and that is what axe would complain of.
  await expect(page.locator('h1').first()).toBeAttached()
  // Once a page, not once a question as AxeBuilder does: half of the walks' time was that.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const atDesk = (page.viewportSize()?.width ?? 0) >= 600
  for (const colorScheme of atDesk ? (['light', 'dark'] as const) : (['light'] as const)) {
    if (atDesk) await page.emulateMedia({ colorScheme })
    await settled(page)
    const told = await page.evaluate(
      async (options) => {
        const { violations } = await axe.run({
          resultTypes: ['violations'],
          preload: false,
          ...options,
        })
        return violations.flatMap(({ id, help, nodes }) =>
          nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`),
        )
      },
      rulesFor(colorScheme, atDesk),
    )
    expect(told, `axe in ${colorScheme} on ${new URL(page.url()).pathname}`).toEqual([])
  }
  if (atDesk) await page.emulateMedia({ colorScheme: 'light' })
}

function rulesFor(colorScheme: 'light' | 'dark', atDesk: boolean): RunOptions {
  if (!atDesk) return { rules: { 'color-contrast': { enabled: false } } }
  return colorScheme === 'dark' ? { runOnly: ['color-contrast'] } : {}
}

/**
 * Waits until nothing is on its way: a list that fades while its rows are fetched, a colour between one mode and the other.
 * What turns without end may turn.
 */
export async function settled(page: Page): Promise<void> {
  // What was just asked for (another mode, another page) is drawn two frames later.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
  await page.waitForFunction(
    () =>
      document.querySelector('[aria-busy="true"]') === null &&
      document
        .getAnimations()
        .every(({ playState, effect }) => playState !== 'running' || effect?.getTiming().iterations === Infinity),
  )
}
