import type { Names } from './names.ts'
import { expectedAfter } from './parse.ts'
import type { Expected } from './reader.ts'
import { tokensOf } from './tokens.ts'
import { textWritten } from './written.ts'

/** What could stand at the cursor, in place of the letters from `offset` on, `length` of them. */
export type Completion = { offset: number; length: number; items: { text: string; kind: string }[] }

/** Values in use of a text of the tree, as cities: most frequent first. */
export type Values = (of: string) => readonly string[]

/** @param cursor between which letters of the text */
export function complete(text: string, cursor: number, names: Names, values: Values = () => [], most = 20): Completion {
  const before = text.slice(0, cursor)
  const under = tokensOf(before).find(
    ({ kind, offset, length }) => kind !== 'sign' && kind !== 'end' && offset + length === before.length,
  )
  const offset = under?.offset ?? cursor
  const typed = (under?.value ?? '').toLowerCase()
  const items = new Map<string, string>()
  for (const one of expectedAfter(text.slice(0, offset), names)) {
    for (const name of offered(one, names, values)) {
      if (name.toLowerCase().includes(typed)) items.set('word' in one ? name : textWritten(name), kindOf(one))
    }
  }
  // What begins with what was typed comes before what only holds it.
  const begins = ([name]: [string, string]) => Number(!name.replace(/^"/, '').toLowerCase().startsWith(typed))
  const sorted = [...items].sort((a, b) => begins(a) - begins(b))
  return { offset, length: cursor - offset, items: sorted.slice(0, most).map(([name, kind]) => ({ text: name, kind })) }
}

function offered(one: Expected, names: Names, values: Values): readonly string[] {
  if ('word' in one) return [one.word]
  if ('name' in one) return names.all(one.name, one.fieldId)
  return one.of ? values(one.of) : []
}

function kindOf(one: Expected): string {
  if ('word' in one) return /\w/.test(one.word) ? 'word' : 'sign'
  return 'name' in one ? one.name : (one.of ?? one.value)
}
