import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from './config.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'regulars-config-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('without settings the house is for this machine alone', () => {
  expect(readConfig({}, folder)).toMatchObject({
    host: '127.0.0.1',
    port: 7300,
    dataDir: join(folder, '.data'),
    trustProxy: false,
  })
})

test('a file in the folder is read; the environment wins', () => {
  writeFileSync(join(folder, 'regulars.env'), '# ours\nPORT=8000\nHOST="0.0.0.0"\n')

  expect(readConfig({ PORT: '9000' }, folder)).toMatchObject({ host: '0.0.0.0', port: 9000 })
})

test('a wrong value names its key, where it stands and what it is for', () => {
  writeFileSync(join(folder, 'regulars.env'), 'DATABASE_URL=mysql://x\n')

  expect(() => readConfig({ PORT: 'many' }, folder)).toThrow(/PORT \(environment\).*port to listen on/s)
  expect(() => readConfig({}, folder)).toThrow(/DATABASE_URL \(.*regulars\.env\): must begin with postgres/)
})

test('a misspelt key in the file is not passed over', () => {
  writeFileSync(join(folder, 'regulars.env'), 'PROT=8000\n')

  expect(() => readConfig({}, folder)).toThrow('PROT')
})

test('a configuration file that is told but absent is said', () => {
  expect(() => readConfig({ REGULARS_CONFIG: 'absent.env' }, folder)).toThrow('absent.env')
})
