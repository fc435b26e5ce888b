import { expect, test } from 'vitest'
import { OnceKeys } from './once-keys.ts'

test('a double click is one effect', () => {
  const keys = new OnceKeys()

  expect(keys.of(['add'], { name: '王小明' })).toBe(keys.of(['add'], { name: '王小明' }))
})

test('two customers of different names are two effects', () => {
  const keys = new OnceKeys()

  expect(keys.of(['add'], { name: '王小明' })).not.toBe(keys.of(['add'], { name: '李娜' }))
})

test('the same again after an answer is a new effect', () => {
  const keys = new OnceKeys()
  const first = keys.of(['add'], { name: '王小明' })

  keys.answered(['add'], { name: '王小明' })

  expect(keys.of(['add'], { name: '王小明' })).not.toBe(first)
})
