import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'

const root = new URL('..', import.meta.url).pathname
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** The rules that a small made house breaks. */
function broken(files: Record<string, string>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-house-'))
  folders.push(folder)
  for (const [path, text] of Object.entries({
    ...files,
    'package.json': '{"type":"module"}',
    'tsconfig.json': '{"compilerOptions":{"allowImportingTsExtensions":true,"noEmit":true}}',
  })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const run = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      join(root, '.dependency-cruiser.mjs'),
      '--output-type',
      'json',
      'src',
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 50_000_000 },
  )
  const report = JSON.parse(run.stdout) as { summary: { violations: { rule: { name: string } }[] } }
  return [...new Set(report.summary.violations.map((violation) => violation.rule.name))].sort()
}

const door = 'export const open = 1\n'

test('a module that uses what stands below it breaks nothing', () => {
  expect(
    broken({
      'src/know/orders/list.ts': "import { open } from '../customers/index.ts'\nexport const a = open\n",
      'src/know/customers/index.ts': door,
    }),
  ).toEqual([])
})

test('an area that looks up is caught', () => {
  expect(
    broken({
      'src/know/orders/list.ts': "import { open } from '../../doors/exchange/index.ts'\nexport const a = open\n",
      'src/doors/exchange/index.ts': door,
    }),
  ).toEqual(['know-looks-up'])
})

test('a module that looks up inside its area is caught', () => {
  expect(
    broken({
      'src/know/customers/list.ts': "import { open } from '../orders/index.ts'\nexport const a = open\n",
      'src/know/orders/index.ts': door,
    }),
  ).toEqual(['know-customers-looks-up'])
})

test('a way in beside the front door is caught', () => {
  expect(
    broken({
      'src/know/orders/list.ts': "import { open } from '../customers/refresh.ts'\nexport const a = open\n",
      'src/know/customers/refresh.ts': door,
    }),
  ).toEqual(['front-door'])
})

test('a page that calls a verb instead of the API is caught', () => {
  expect(
    broken({
      'src/know/orders/web/OrdersPage.tsx': "import { open } from '../list.ts'\nexport const a = open\n",
      'src/know/orders/list.ts': door,
    }),
  ).toEqual(['pages-stay-in-the-browser'])
})

test('a circle is caught', () => {
  expect(
    broken({
      'src/know/orders/a.ts': "import { b } from './b.ts'\nexport const a = () => b\n",
      'src/know/orders/b.ts': "import { a } from './a.ts'\nexport const b = () => a\n",
    }),
  ).toEqual(['no-cycle'])
})
