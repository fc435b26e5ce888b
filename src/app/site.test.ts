import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, expect, test } from 'vitest'
import { headers } from '#platform/http/headers.ts'
import { mountSite } from './site.ts'

const folder = mkdtempSync(join(tmpdir(), 'site-'))
mkdirSync(join(folder, 'assets'))
writeFileSync(join(folder, 'assets', 'index-1a2b.js'), 'export const tea = 1\n'.repeat(100))
writeFileSync(
  join(folder, 'manifest.json'),
  JSON.stringify({ '../../web/catalogues/zh-TW.ts': { file: 'assets/zh-TW-9.js' } }),
)
writeFileSync(
  join(folder, 'index.html'),
  '<html lang="en"><head><meta property="csp-nonce" nonce="%NONCE%" /></head></html>',
)
afterAll(() => rmSync(folder, { recursive: true }))

const app = new Hono()
app.use(headers())
mountSite(app, folder)

test('every address of a page answers the page, with the nonce of its policy, and is never kept', async () => {
  const answer = await app.request('/customers/12')
  const html = await answer.text()

  const nonce = /nonce="([^"]+)"/.exec(html)?.[1]
  expect(answer.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`)
  expect(answer.headers.get('cache-control')).toBe('no-store')
})

test('the page is in the reader’s language, and light or dark as chosen before', async () => {
  const browser = await app.request('/', { headers: { 'accept-language': 'zh-TW,zh;q=0.9' } })
  const chosen = await app.request('/', { headers: { cookie: 'regulars-locale=zh-CN; regulars-theme=dark' } })

  expect(await browser.text()).toContain('<html lang="zh-TW">')
  expect(await chosen.text()).toContain('<html lang="zh-CN" data-theme="dark">')
})

test('the reader’s messages are fetched beside the script', async () => {
  const answer = await app.request('/', { headers: { 'accept-language': 'zh-TW' } })

  expect(await answer.text()).toContain('<link rel="modulepreload" href="/assets/zh-TW-9.js"')
})

test('code is kept for a year and comes compressed', async () => {
  const answer = await app.request('/assets/index-1a2b.js', { headers: { 'accept-encoding': 'gzip, br' } })

  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(answer.headers.get('content-encoding')).toBe('br')
  expect((await answer.arrayBuffer()).byteLength).toBeLessThan(200)
})

test('a file that is not there is not found, and nothing outside the folder is', async () => {
  for (const path of ['/assets/old-9z.js', '/robots.txt', '/assets/..%2Findex.html', '/manifest.json']) {
    expect((await app.request(path)).status, path).toBe(404)
  }
})

test('a made-up language in the cookie is ignored', async () => {
  const answer = await app.request('/', { headers: { cookie: 'regulars-locale="><script>' } })

  expect(await answer.text()).toContain('<html lang="en">')
})
