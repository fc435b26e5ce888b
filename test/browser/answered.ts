import { expect, type Page, type Request } from '@playwright/test'

const open = new WeakMap<Page, Set<Request>>()

/** Counts what a page asks from now on, for `answered`. */
export function countQuestions(page: Page): void {
  const asked = new Set<Request>()
  open.set(page, asked)
  page.on('request', (request) => asked.add(request))
  page.on('requestfinished', (request) => asked.delete(request))
  page.on('requestfailed', (request) => asked.delete(request))
}

/** Waits until all that the page asked is answered; half a second sooner than Playwright's `networkidle` knows. */
export async function answered(page: Page): Promise<void> {
  const asked = open.get(page)
  if (asked)
    await expect.poll(() => asked.size, { intervals: [20, 50, 100], message: 'all questions are answered' }).toBe(0)
}
