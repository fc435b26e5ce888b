import { describe, expect, test } from 'vitest'
import { locales } from '#platform/i18n/index.ts'
import { mainlandWords, simplifiedIn, traditionalIn } from './han-scripts.ts'
import { codeFiles, keysShown, mentions, messageFolders, placeholdersOf } from './message-files.ts'

const folders = messageFolders()
const known = new Set(folders.flatMap(({ texts }) => Object.keys(texts.en)))

describe.each(folders)('the messages of $folder', ({ texts }) => {
  test('have the same keys in every language', () => {
    for (const locale of locales) {
      expect(Object.keys(texts[locale]).sort(), locale).toEqual(Object.keys(texts.en).sort())
    }
  })

  test('take the same values in every language', () => {
    const differing = Object.keys(texts.en).flatMap((key) => {
      const taken = locales.map((locale) => placeholdersOf(texts[locale][key] ?? '', locale))
      const all = new Set(taken.flatMap(({ shown, choosing }) => [...shown, ...choosing]))
      // Chinese has no plural, so it may leave a value that English only chooses by; what one shows, all take.
      const lacking = taken.some(({ shown, choosing }) =>
        [...all].some(
          (name) => !shown.includes(name) && !choosing.includes(name) && taken.some((one) => one.shown.includes(name)),
        ),
      )
      return lacking ? [`${key}: ${taken.map(({ shown }) => shown).join(' | ')}`] : []
    })

    expect(differing).toEqual([])
  })

  test('are written in the script of their readers', () => {
    const wrong = [
      ...Object.entries(texts['zh-TW']).map(([key, text]) => ({ key, letters: simplifiedIn(text) })),
      ...Object.entries(texts['zh-CN']).map(([key, text]) => ({ key, letters: traditionalIn(text) })),
    ].filter(({ letters }) => letters)

    expect(wrong).toEqual([])
  })

  test('speak Taiwan’s Chinese to Taiwan', () => {
    const converted = Object.entries(texts['zh-TW']).flatMap(([key, text]) =>
      Object.entries(mainlandWords)
        .filter(([word]) => text.includes(word))
        .map(([word, better]) => `${key}: ${word} → ${better}`),
    )

    expect(converted).toEqual([])
  })
})

test('no key stands in two modules', () => {
  const all = folders.flatMap(({ texts }) => Object.keys(texts.en))

  expect(all.filter((key, index) => all.indexOf(key) !== index)).toEqual([])
})

test('every message that code shows exists', () => {
  const missing = codeFiles().flatMap(({ file, code }) =>
    keysShown(code)
      .filter((key) => key.includes('.') && !known.has(key))
      .map((key) => `${file}: ${key}`),
  )

  expect(missing).toEqual([])
})

test('every message is shown somewhere', () => {
  const mentioned = mentions(
    codeFiles()
      .map(({ code }) => code)
      .join('\n'),
  )

  expect([...known].filter((key) => !mentioned(key))).toEqual([])
})
