import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { factGroups } from '#know/customers/contract.ts'
import { readConfig } from '#platform/config.ts'
import { catalogue, locales } from '#platform/i18n/index.ts'
import { modulesOf } from './modules.ts'

const folder = mkdtempSync(join(tmpdir(), 'regulars-facts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('whatever happens is told in a sentence of each language, and each group of it has a name', () => {
  const kinds = modulesOf(readConfig({ REGULARS_DATA: folder }, folder)).flatMap(({ facts = [] }) =>
    facts.map(({ kind }) => `fact.${kind}`),
  )

  const missing = [...kinds, ...factGroups.map((group) => `customers.facts.${group}`)].flatMap((key) =>
    locales.filter((locale) => !catalogue(locale).has(key)).map((locale) => `${locale} ${key}`),
  )

  expect(kinds.length).toBeGreaterThan(60)
  expect(missing).toEqual([])
})
