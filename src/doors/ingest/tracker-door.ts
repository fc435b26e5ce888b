import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Door } from '#platform/module.ts'

const file = fileURLToPath(new URL('../../../dist/web/tracker.js', import.meta.url))

type Script = { madeAt: number; tag: string; plain: Buffer; brotli: Buffer; gzip: Buffer }
let kept: Script | undefined

/** The script that the shop's pages load: sdk/browser, as the build has made it. Kept by browsers for an hour, asked again by its tag. */
export const trackerDoor: Door = {
  path: '/tracker.js',
  quiet: true,
  async handle(_, request) {
    const script = read()
    if (!script) return new Response('The pages are not built yet: run `npm run build`.', { status: 503 })
    const headers: Record<string, string> = {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=3600',
      etag: script.tag,
      vary: 'accept-encoding',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } })
    }
    if (request.headers.get('if-none-match') === script.tag) return new Response(null, { status: 304, headers })
    const accepted = request.headers.get('accept-encoding') ?? ''
    const way = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined
    if (way) headers['content-encoding'] = way
    const body = way === 'br' ? script.brotli : way === 'gzip' ? script.gzip : script.plain
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), { headers })
  },
}

/** Read and packed once; anew where it was built anew. */
function read(): Script | undefined {
  const madeAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs
  if (!madeAt) return undefined
  if (kept?.madeAt === madeAt) return kept
  const plain = readFileSync(file)
  const tag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
  kept = { madeAt, tag, plain, brotli: brotliCompressSync(plain), gzip: gzipSync(plain) }
  return kept
}
