import type { NameKind, Names } from './names.ts'
import { shifted } from './reader.ts'
import { isPlain, quote } from './tokens.ts'
import { reserved } from './words.ts'

/** A text as it is read again: quoted where it needs it. */
export function textWritten(text: string): string {
  return isPlain(text) && !reserved.has(text.toLowerCase()) ? text : quote(text)
}

/** The name of a number; `#12` where there is none, or where it would be read as another. */
export function nameWritten(names: Names, kind: NameKind, id: number, fieldId?: number): string {
  const name = names.nameOf(kind, id, fieldId)
  return name === undefined ? `#${id}` : textWritten(name)
}

/** `= a`, or `in (a, b)`. */
export function listWritten(items: readonly string[]): string {
  return items.length === 1 ? `= ${items[0]}` : `in (${items.join(', ')})`
}

/** A number without an exponent; with `digits`, minor units in main units. */
export function numberWritten(value: number, digits = 0): string {
  return shifted(plain(value), -digits)
}

function plain(value: number): string {
  const text = String(value)
  const [, sign = '', whole = '', part = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?e([-+]\d+)$/.exec(text) ?? []
  if (exponent === undefined) return text
  return sign + shifted(part ? `${whole}.${part}` : whole, Number(exponent))
}
