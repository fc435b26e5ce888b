import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** The staff app: from src/app/web to dist/web. Hashed names under /assets, no script or style within the page itself. */
export default defineConfig({
  root: path('../app/web'),
  plugins: [react()],
  build: {
    outDir: path('../../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': process.env.REGULARS_SERVER ?? 'http://127.0.0.1:7300' } },
})
