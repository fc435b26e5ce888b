import { readFileSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, gzip, constants as zlib } from 'node:zlib'
import type { Hono, Context as HonoContext } from 'hono'
import { getCookie } from 'hono/cookie'
import { nonceOf } from '#platform/http/index.ts'
import { type Locale, localeOf, locales } from '#platform/i18n/index.ts'

const built = fileURLToPath(new URL('../../dist/web/', import.meta.url))

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/**
 * The staff app's files: what has a hash in its name is kept by browsers for a year, the page itself never. Every address
 * that no other route has answers the page, which finds out what to show; a file that is not there is a 404.
 * @param folder where `npm run build` has put them
 */
export function mountSite(app: Hono, folder = built): void {
  let page: ReturnType<typeof pageOf> | undefined
  let pageAt = 0
  const files = new Map<string, Promise<Asset | undefined>>()

  app.get('/assets/:name', async (c) => {
    const name = c.req.param('name')
    if (!/^[\w.-]+$/.test(name)) return c.text('Not found', 404)
    const asset = await known(files, name, () => assetAt(join(folder, 'assets', name)))
    return asset ? send(c, asset, 'public, max-age=31536000, immutable') : c.text('Not found', 404)
  })
  app.get('/favicon.svg', async (c) => {
    const asset = await known(files, 'favicon', () => assetAt(join(folder, 'favicon.svg')))
    return asset ? send(c, asset, 'public, max-age=86400') : c.text('Not found', 404)
  })
  app.get('*', (c) => {
    c.header('cache-control', 'no-store')
    if (extname(c.req.path)) return c.text('Not found', 404)
    // Built anew beside the running server: the page must name the files that are there now.
    const builtAt = statSync(join(folder, 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0
    if (builtAt !== pageAt) page = builtAt ? pageOf(folder) : undefined
    pageAt = builtAt
    if (!page) return c.text('The pages are not built yet: run `npm run build`.', 503)
    return c.html(page(c))
  })
}

/** The page in the reader's language and light or dark, with this answer's nonce. */
function pageOf(folder: string): (c: HonoContext) => string {
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  const catalogues = cataloguesOf(folder)
  return (c) => {
    const cookie = getCookie(c, 'regulars-locale') as Locale | undefined
    const locale = cookie && locales.includes(cookie) ? cookie : localeOf(c.req.header('accept-language'))
    const theme = getCookie(c, 'regulars-theme')
    const themed = theme === 'dark' || theme === 'light' ? ` data-theme="${theme}"` : ''
    const preload = catalogues[locale] ? `<link rel="modulepreload" href="/${catalogues[locale]}" crossorigin />` : ''
    return html
      .replace('<html lang="en">', `<html lang="${locale}"${themed}>`)
      .replace('%NONCE%', nonceOf(c))
      .replace('</head>', `${preload}</head>`)
  }
}

/** The file of each language's messages, so that it is fetched beside the script instead of after it. */
function cataloguesOf(folder: string): Partial<Record<Locale, string>> {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<string, { file: string }>
  const entries = Object.entries(manifest)
  return Object.fromEntries(
    locales.map((locale) => [locale, entries.find(([name]) => name.endsWith(`catalogues/${locale}.ts`))?.[1].file]),
  )
}

type Asset = { type: string; plain: Buffer; brotli?: Buffer; gzip?: Buffer }

async function assetAt(path: string): Promise<Asset | undefined> {
  const type = types[extname(path)]
  const plain = type ? await readFile(path).catch(() => undefined) : undefined
  if (!type || !plain) return undefined
  if (!/text|svg/.test(type) || plain.length < 1024) return { type, plain }
  const quality = { params: { [zlib.BROTLI_PARAM_QUALITY]: 9 } }
  const [brotli, zipped] = await Promise.all([promisify(brotliCompress)(plain, quality), promisify(gzip)(plain)])
  return { type, plain, brotli, gzip: zipped }
}

/** Files are read and compressed once and kept: the whole app is a few megabytes. What is not there is not kept. */
async function known(
  files: Map<string, Promise<Asset | undefined>>,
  name: string,
  read: () => Promise<Asset | undefined>,
): Promise<Asset | undefined> {
  const asked = files.get(name) ?? read()
  files.set(name, asked)
  const asset = await asked
  if (!asset) files.delete(name)
  return asset
}

function send(c: HonoContext, asset: Asset, caching: string): Response {
  const accepted = c.req.header('accept-encoding') ?? ''
  const encoding =
    asset.brotli && /\bbr\b/.test(accepted) ? 'brotli' : asset.gzip && /\bgzip\b/.test(accepted) ? 'gzip' : undefined
  c.header('content-type', asset.type)
  c.header('cache-control', caching)
  c.header('vary', 'accept-encoding')
  if (encoding) c.header('content-encoding', encoding === 'brotli' ? 'br' : 'gzip')
  return c.body(new Uint8Array(asset[encoding ?? 'plain']!))
}
