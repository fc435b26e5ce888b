import { type Condition, condition } from '../contract.ts'
import { forms } from './forms.ts'
import type { Names } from './names.ts'
import { type Expected, type Fault, Misread, type Reader, readerOf } from './reader.ts'

export type Parsed = { tree: Condition; fault?: undefined } | { tree?: undefined; fault: Fault }

/** The tree of a text, or at which word it is not understood. An empty text is everyone. */
export function parse(text: string, names: Names): Parsed {
  const reader = readerOf(text, names)
  try {
    const tree = reader.end() ? { is: 'everyone' as const } : readWhole(reader)
    const checked = condition.safeParse(tree)
    if (checked.success) return { tree: checked.data }
    const key = checked.error.issues.some(({ message }) => message === 'too_large')
      ? 'query.text.too_large'
      : 'query.text.out_of_range'
    return { fault: { offset: 0, length: text.length, key, params: {} } }
  } catch (error) {
    if (error instanceof Misread) return { fault: error.fault }
    throw error
  }
}

/** What could follow a text that ends in the middle. */
export function expectedAfter(text: string, names: Names): readonly Expected[] {
  const reader = readerOf(text, names)
  try {
    readWhole(reader)
  } catch (error) {
    if (!(error instanceof Misread)) throw error
    // A name that is not known is where it is; nothing is expected after it.
    if (error.fault.key !== 'query.text.expected') return []
  }
  return reader.expected()
}

function readWhole(reader: Reader): Condition {
  const tree = readAny(reader)
  if (!reader.end()) reader.fail()
  return tree
}

/** Trees deeper than any that is allowed would overflow the stack. */
const deepest = 200

function readAny(reader: Reader, depth = 0): Condition {
  const of = [readAll(reader, depth)]
  while (reader.word('or')) of.push(readAll(reader, depth))
  return of.length === 1 ? of[0]! : { is: 'or', of }
}

function readAll(reader: Reader, depth: number): Condition {
  const of = [readOne(reader, depth)]
  while (reader.word('and')) of.push(readOne(reader, depth))
  return of.length === 1 ? of[0]! : { is: 'and', of }
}

const heads = new Map(forms.flatMap((form) => form.heads.map((head) => [head, form] as const)))

function readOne(reader: Reader, depth: number): Condition {
  if (depth > deepest) reader.refuse('query.text.too_large', reader.token())
  if (reader.word('not')) return { is: 'not', of: readOne(reader, depth + 1) }
  if (reader.sign('(')) {
    const inner = readAny(reader, depth + 1)
    reader.mustSign(')')
    return inner
  }
  const group = reader.word('all', 'any')
  if (group) return { is: group === 'all' ? 'and' : 'or', of: readGroup(reader, depth) }
  const head = reader.mustWord(...heads.keys())
  return heads.get(head)!.read(reader, head)
}

function readGroup(reader: Reader, depth: number): Condition[] {
  reader.mustSign('(')
  if (reader.sign(')')) return []
  const of = [readAny(reader, depth + 1)]
  while (reader.sign(',')) of.push(readAny(reader, depth + 1))
  reader.mustSign(')')
  return of
}
