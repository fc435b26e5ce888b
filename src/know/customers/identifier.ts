import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { IdentifierKind } from './identifier-kind.ts'

export type { IdentifierKind, TypedKind } from './identifier-kind.ts'

/** An identifier in the form in which it is compared, and as it was given where that differs. */
export type NormalIdentifier = { value: string; raw: string | null }

/**
 * A phone number as E.164. Full-width digits, spaces, brackets and extensions (转, ext) are understood.
 * @param country ISO 3166 code for numbers without a country's prefix; undefined: only international ones are understood
 * @returns undefined for what cannot be a number: too short, too long, or ruined by a spreadsheet (1.38E+10)
 */
export function normalPhone(raw: string, country: string | undefined): NormalIdentifier | undefined {
  const text = raw
    .normalize('NFKC')
    .trim()
    .replace(/转|轉|分机|分機/u, ' ext ')
    .replace(/^00(?=\d{8})/, '+')
  if (text.length > 40 || /\d[.,]?\d*e\+?\d/i.test(text)) return undefined
  const number = parsePhoneNumberFromString(text, country as CountryCode | undefined)
  // Without a country's prefix a number must be a real one: a local number without its area code, taken as possible, would tie
  // strangers of two cities together. With a prefix, possible is enough: new ranges come before the library knows them.
  if (!number || !(number.isValid() || (text.startsWith('+') && number.isPossible()))) return undefined
  return kept(number.number, raw)
}

/** An e-mail address in lower case with full-width forms folded. @returns undefined for what is none, or longer than 254. */
export function normalEmail(raw: string): NormalIdentifier | undefined {
  const value = raw.normalize('NFKC').trim().toLowerCase()
  if (value.length > 254 || !/^[^\s@,;<>()]+@[^\s@,;<>()]+\.[^\s@,;<>().]+$/u.test(value)) return undefined
  return kept(value, raw)
}

/** A member, card or receipt number: no spaces, upper case. A number ruined by a spreadsheet is refused. */
export function normalNumber(raw: string): NormalIdentifier | undefined {
  const value = raw.normalize('NFKC').replace(/\s+/gu, '').toUpperCase()
  if (!value || value.length > 64 || /^\d\.\d+E\+\d+$/.test(value)) return undefined
  return kept(value, raw)
}

/** Any kind. Ids of platforms (openid, unionid, external_userid, buyer) and of browsers keep their case: they differ by it. */
export function normalIdentifier(
  kind: IdentifierKind,
  raw: string,
  country: string | undefined,
): NormalIdentifier | undefined {
  if (kind === 'phone') return normalPhone(raw, country)
  if (kind === 'email') return normalEmail(raw)
  if (kind === 'member' || kind === 'card' || kind === 'receipt') return normalNumber(raw)
  const value = raw.normalize('NFKC').trim()
  return value && value.length <= 128 ? kept(value, raw) : undefined
}

/** A scope as it is compared: without spaces, at most 64 characters. @returns undefined for what is none */
export function normalScope(raw: string): string | undefined {
  const scope = raw.normalize('NFKC').trim()
  return /^\S{0,64}$/u.test(scope) ? scope : undefined
}

function kept(value: string, raw: string): NormalIdentifier {
  return { value, raw: raw === value ? null : raw.slice(0, 200) }
}
