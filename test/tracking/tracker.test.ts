import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'vite'
import { expect, test } from 'vitest'
import config from '#web/vite.config.ts'

// The script of sdk/browser as the house serves it. What it does is walked in a browser (test/browser/incoming.walk.ts).

test('the tracker that the shop’s pages load is one small file without dependencies', async () => {
  const made = await build({
    ...config,
    configFile: false,
    logLevel: 'silent',
    build: {
      ...config.build,
      write: false,
      manifest: false,
      rolldownOptions: {
        ...config.build?.rolldownOptions,
        input: { tracker: new URL('../../sdk/browser/tracker.ts', import.meta.url).pathname },
      },
    },
  })
  const { output } = (Array.isArray(made) ? made[0]! : made) as { output: { fileName: string; code?: string }[] }

  expect(output.map(({ fileName }) => fileName)).toEqual(['tracker.js'])
  const { code = '' } = output[0]!
  // A classic script: a page loads it without type="module".
  expect(code).not.toMatch(/^\s*(import|export)\b/m)
  const sizes = { plain: Buffer.byteLength(code), gzip: gzipSync(code).length, brotli: brotliCompressSync(code).length }
  console.error(JSON.stringify(sizes))
  expect(sizes.gzip).toBeLessThan(3_000)
})
