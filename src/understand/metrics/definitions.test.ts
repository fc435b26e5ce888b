import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { locales, say } from '#platform/i18n/index.ts'
import { countedFor, definitions, metricNames, numberFrom } from './definitions.ts'

const src = join(import.meta.dirname, '../..')

describe('the registry of numbers', () => {
  test('each number has a name and a meaning in every language, and a formula of numbers that are there', () => {
    for (const key of metricNames) {
      for (const locale of locales) {
        for (const message of [`metrics.${key}`, `metrics.${key}.means`, `metrics.unit.${definitions[key].unit}`]) {
          expect(say(locale, message), `${message} in ${locale}`).not.toBe(message)
        }
        for (const table of definitions[key].of) expect(say(locale, `metrics.of.${table}`)).not.toContain('metrics.')
      }
      expect(countedFor([key]).size).toBeGreaterThan(0)
    }
  })

  test('a number is divided in one way: money in whole minor units, nothing by nothing', () => {
    expect(numberFrom('averageOrder', { revenue: 1000, purchases: 3 })).toBe(333)
    expect(numberFrom('repurchaseRate', { repeatBuyers: 1, buyers: 3 })).toBe(1 / 3)
    expect(numberFrom('repurchaseRate', { repeatBuyers: 0, buyers: 0 })).toBeNull()
    expect(numberFrom('returningBuyers', { buyers: 5, newBuyers: 2 })).toBe(3)
    expect(numberFrom('returningBuyers', { buyers: 5 })).toBeNull()
  })
})

/** Divisions in pages that make no number of the shop: the share of a bar, a rounding, a time, a speed, a parameter of a model in words. */
const others = [
  'doors/exchange/web/Summary.tsx',
  'doors/exchange/web/Uploads.tsx',
  'doors/exchange/web/uploads.ts',
  'know/fresh/web/FreshMark.tsx',
  'understand/predictions/web/ModelWords.tsx',
  'understand/segments/web/QuestionTally.tsx',
  'understand/value/web/RecencyGrid.tsx',
]

test('no screen computes a number of its own: it divides nothing, and takes no number from another', () => {
  const pages = ['know', 'understand', 'doors'].flatMap((area) =>
    readdirSync(join(src, area), { recursive: true, encoding: 'utf8' })
      .map((path) => join(area, path))
      .filter((path) => /\/web\/.*\.tsx?$/.test(path) && !path.endsWith('.test.ts') && !others.includes(path)),
  )
  const found = pages.flatMap((path) =>
    readFileSync(join(src, path), 'utf8')
      .split('\n')
      .filter((line) => !/^\s*(\/\/|\*|\/\*|import )|\(a, b\) =>/.test(line))
      .filter(
        (line) =>
          /[\w)\]] \/ [a-zA-Z(]/.test(line) ||
          /\b(customers|buyers|revenue|purchases|amount|cost|came|people)\w* - [a-z]/i.test(line),
      )
      .map((line) => `${relative(src, join(src, path))}: ${line.trim()}`),
  )

  expect(pages.length).toBeGreaterThan(100)
  expect(found).toEqual([])
})
