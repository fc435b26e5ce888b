import { readFileSync } from 'node:fs'
import { IntlMessageFormat } from 'intl-messageformat'
import { expect, test } from 'vitest'
import { FileRefusal } from './index.ts'

const languages = ['en', 'zh-CN', 'zh-TW']
const messagesOf = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`./messages/${language}.json`, import.meta.url), 'utf8'))
const codes = [
  ...readFileSync(new URL('./file-refusal.ts', import.meta.url), 'utf8').matchAll(/^ {2}\| '(files\.\w+)'/gm),
].map((found) => found[1]!)
const problems = ['files.too_few_cells', 'files.too_many_cells', 'files.nul_character']

test.each(languages)('every refusal and every bad row has its words in %s, which fit what is known', (language) => {
  const messages = messagesOf(language)

  expect(Object.keys(messages).sort()).toEqual([...codes, ...problems].sort())
  const { params } = new FileRefusal('files.empty', { file: 'a.csv' })
  const bad = { row: 1, line: 2, found: 1, expected: 2, column: 'a', value: 'b' }
  for (const [code, message] of Object.entries(messages)) {
    const words = new IntlMessageFormat(message, language).format(problems.includes(code) ? bad : params)
    expect(words, code).not.toBe('')
  }
})

test('the place of an error is told with the line of the file only where it differs from the row', () => {
  const words = new IntlMessageFormat(messagesOf('en')['files.broken_quote']!, 'en')

  expect(
    words.format(
      new FileRefusal('files.broken_quote', { file: 'a.csv', row: 3, line: 5, column: 'note', value: '"x' }).params,
    ),
  ).toContain('row 3 (line 5 of the file), column “note”')
  expect(
    words.format(new FileRefusal('files.broken_quote', { file: 'a.csv', row: 3, column: 'note' }).params),
  ).toContain('row 3, column “note”')
})
