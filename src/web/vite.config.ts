import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { slimContracts } from './slim-contracts.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

// What every page needs, in one file: libraries, and the pieces of the kit that use none of Ant Design's controls.
const base =
  /node_modules\/(react|react-dom|scheduler|@tanstack|i18next|react-i18next|intl-messageformat|@formatjs|@orpc)\/|src\/web\/(api|i18n|panels|place|session|kept)\.tsx?$|src\/web\/kit\/(PageFrame|EmptyState|ErrorNote|Loaded|QuietButton|Why|bubble|icon|notice|values|StageMark)\.tsx$/

/** The staff app: from src/app/web to dist/web. Hashed names under /assets, no script or style within the page itself. */
export default defineConfig({
  root: path('../app/web'),
  plugins: [slimContracts(), react()],
  build: {
    outDir: path('../../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: { index: path('../app/web/index.html'), tracker: path('../../sdk/browser/tracker.ts') },
      output: {
        codeSplitting: { groups: [{ name: 'base', test: base }] },
        // The shop's pages name it, so its name stays (sdk/browser).
        entryFileNames: ({ name }) => (name === 'tracker' ? 'tracker.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy: { '/api': process.env.REGULARS_SERVER ?? 'http://127.0.0.1:7300' } },
})
