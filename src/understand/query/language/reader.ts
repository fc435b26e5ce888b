import type { NameKind, Names } from './names.ts'
import { type Token, tokensOf } from './tokens.ts'

/** What could stand at a place: a word of the language, a name of the shop's, or a value. */
export type Expected =
  | { word: string }
  | { name: NameKind; fieldId?: number }
  | { value: 'number' | 'day' | 'text'; of?: string }

/** Why a text is not understood: at which word, as the key of a message. */
export type Fault = { offset: number; length: number; key: string; params: Record<string, string> }

/** Thrown inside of the parser alone; parse.ts makes an answer of it. */
export class Misread extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(fault.key)
    this.fault = fault
  }
}

/** A place in a text that moves on, and what could have stood at the furthest place that was looked at. */
export type Reader = {
  names: Names
  token(): Token
  /** Takes the word where it is one of these, in any case. */
  word<W extends string>(...words: readonly W[]): W | undefined
  sign(sign: string): boolean
  mustWord<W extends string>(...words: readonly W[]): W
  mustSign(sign: string): void
  /** A number; `money`: in main units, given in minor ones. */
  number(options?: { money?: boolean; whole?: boolean }): number
  day(): string
  /** A text, quoted or not. `of` says of what, for completion. */
  text(of?: string): string
  /** The number of what is called so; `#12` is the number itself. */
  id(kind: NameKind, fieldId?: number): number
  /** The number of `#330106`, where it is one. */
  code(): number | undefined
  end(): boolean
  expected(): readonly Expected[]
  fail(): never
  refuse(key: string, token: Token, params?: Record<string, string>): never
}

export function readerOf(source: string, names: Names): Reader {
  const tokens = tokensOf(source)
  let at = 0
  let furthest = 0
  let expected: Expected[] = []
  const token = () => tokens[at]!
  const expect = (one: Expected) => {
    if (at > furthest) {
      furthest = at
      expected = []
    }
    if (at === furthest) expected.push(one)
  }
  const refuse = (key: string, { offset, length }: Token, params: Record<string, string> = {}): never => {
    throw new Misread({ offset, length, key, params })
  }
  const fail = (): never => {
    const here = tokens[furthest]!
    const found = source.slice(here.offset, here.offset + here.length)
    return refuse('query.text.expected', here, { expected: spoken(expected), found })
  }
  const reader: Reader = {
    names,
    token,
    expected: () => (furthest === tokens.length - 1 ? expected : []),
    fail,
    refuse,
    word(...words) {
      for (const word of words) expect({ word })
      const { kind, value } = token()
      const found = kind === 'word' ? words.find((word) => word === value.toLowerCase()) : undefined
      if (found) at += 1
      return found
    },
    sign(sign) {
      expect({ word: sign })
      const { kind, value } = token()
      if (kind !== 'sign' || value !== sign) return false
      at += 1
      return true
    },
    mustWord: (...words) => reader.word(...words) ?? fail(),
    mustSign(sign) {
      if (!reader.sign(sign)) fail()
    },
    number({ money = false, whole = true } = {}) {
      expect({ value: 'number' })
      const here = token()
      if (here.kind !== 'number') return fail()
      const value = Number(money ? shifted(here.value, names.digits) : here.value)
      if (whole && !Number.isSafeInteger(value)) refuse('query.text.whole', here)
      at += 1
      return value
    },
    day() {
      expect({ value: 'day' })
      if (token().kind !== 'day') return fail()
      at += 1
      return tokens[at - 1]!.value
    },
    text(of) {
      expect({ value: 'text', of })
      const { kind, value } = token()
      if (kind === 'sign' || kind === 'end' || kind === 'id') return fail()
      at += 1
      return value
    },
    id(kind, fieldId) {
      expect({ name: kind, fieldId })
      const here = token()
      if (here.kind === 'sign' || here.kind === 'end') return fail()
      const id = here.kind === 'id' ? Number(here.value) : names.idOf(kind, here.value, fieldId)
      if (id === undefined) return refuse('query.text.unknown_name', here, { kind, name: here.value })
      at += 1
      return id
    },
    code() {
      if (token().kind !== 'id') return undefined
      at += 1
      return Number(tokens[at - 1]!.value)
    },
    end: () => token().kind === 'end',
  }
  return reader
}

/** A decimal with its point moved to the right (left where negative), without rounding: 19.9 by 2 is 1990. */
export function shifted(decimal: string, places: number): string {
  const [, sign = '', whole = '0', part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? []
  const digits = whole + part
  const point = whole.length + places
  const padded = digits
    .padStart(digits.length + Math.max(0, 1 - point), '0')
    .padEnd(Math.max(digits.length, point), '0')
  const at = point + (padded.length - Math.max(digits.length, point))
  const left = padded.slice(0, Math.max(at, 1)).replace(/^0+(?=\d)/, '')
  const right = padded.slice(Math.max(at, 1)).replace(/0+$/, '')
  return `${sign}${left}${right ? `.${right}` : ''}`
}

/** At most eight things that could stand at a place, in words. */
function spoken(expected: readonly Expected[]): string {
  const said = expected.map((one) =>
    'word' in one ? one.word : 'name' in one ? `<${one.name}>` : `<${one.of ?? one.value}>`,
  )
  const unique = [...new Set(said)]
  return unique.length > 8 ? `${unique.slice(0, 8).join(' · ')} …` : unique.join(' · ')
}
