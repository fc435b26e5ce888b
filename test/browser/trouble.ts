import type { Page } from '@playwright/test'

/**
 * Listens to a page for what nobody should see: console warnings and errors (a violation of the content security policy is
 * one), thrown errors, requests that fail or go to another host, and answers of 400 and above.
 * @param expected statuses that the walk provokes on purpose
 */
export function troubleOf(page: Page, expected: readonly number[]): () => string[] {
  const trouble: string[] = []
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    const status = /status of (\d{3})/.exec(message.text())?.[1]
    if (status && expected.includes(Number(status))) return
    trouble.push(`console ${message.type()}: ${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => trouble.push(`thrown: ${error.stack ?? error.message}`))
  page.on('request', (request) => {
    const url = new URL(request.url())
    const home = page.url().startsWith('http') ? new URL(page.url()).host : url.host
    if (url.protocol.startsWith('http') && url.host !== home) trouble.push(`asked another host: ${url.host}`)
  })
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? ''
    // A page that is left gives up its questions.
    if (!why.includes('ERR_ABORTED')) trouble.push(`failed: ${request.method()} ${request.url()} ${why}`)
  })
  page.on('response', (response) => {
    if (response.status() < 400 || expected.includes(response.status())) return
    trouble.push(`answered ${response.status()}: ${response.request().method()} ${response.url()}`)
  })
  return () => trouble
}
