import type { Page } from '@playwright/test'
import { expect } from './walk.ts'

/** Tells the API something, so that a walk begins where it is about something else. @returns what it answered */
export async function told(page: Page, path: string, data: object): Promise<{ id: number }> {
  const answer = await page.request.post(`/api${path}`, { headers: { 'idempotency-key': crypto.randomUUID() }, data })
  expect(answer.status(), await answer.text()).toBeLessThan(300)
  return answer.json()
}
