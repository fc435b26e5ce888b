import { readFileSync } from 'node:fs'
import { Refusal } from '#platform/refusal.ts'
import { isBreached } from './breached-passwords.ts'
import { longest, shortest } from './contract.ts'

export type PasswordObjection =
  | 'staff.password_short'
  | 'staff.password_long'
  | 'staff.password_common'
  | 'staff.password_names'

const common = new Set(
  readFileSync(new URL('common-passwords.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#')),
)

/**
 * Why a password cannot be used, or nothing (OWASP ASVS 5, 6.2): its length, and whether it leaked, or is among those that
 * are guessed first. Which kinds of characters it has does not matter; a sentence is welcome.
 * @param names of the person and the shop, the e-mail address
 */
export function objection(password: string, names: readonly string[]): PasswordObjection | undefined {
  const length = [...password].length
  if (length < shortest) return 'staff.password_short'
  if (length > longest) return 'staff.password_long'
  const plain = password.normalize('NFKC').toLowerCase()
  if (isCommon(plain)) return 'staff.password_common'
  if (isNames(plain, names)) return 'staff.password_names'
}

/** @throws Refusal when a password cannot be used */
export function refusePassword(password: string, names: readonly string[]): void {
  const reason = objection(password, names)
  if (reason) throw new Refusal('invalid', reason, { shortest, longest })
}

/** A leaked password, or one known password (also p@ssw0rd, also twice) with digits and signs around it, a short unit repeated, or a row of digits. */
function isCommon(plain: string): boolean {
  const bare = plain.replaceAll(/[^\p{L}\p{N}]/gu, '')
  const words = plain.replace(/^[^\p{L}]+/u, '').replace(/[^\p{L}]+$/u, '')
  const letters = words.replaceAll(/[@$!0134579]/g, (sign) => spelled[sign]!).replaceAll(/[^\p{L}]/gu, '')
  const unit = /^(.+?)\1+$/u.exec(letters)?.[1]
  const known = (text: string) => common.has(text) || isBreached(text)
  if (isBreached(plain) || known(bare) || known(letters) || (unit !== undefined && known(unit))) return true
  return /^(.{1,6}?)\1+.{0,5}$/u.test(bare) || isRow(bare)
}

const spelled: Record<string, string> = {
  '@': 'a',
  $: 's',
  '!': 'i',
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  9: 'g',
}

/** 123456789012, 987654321098, abcdefghijkl: each character the next (or the one before) of its row. */
function isRow(text: string): boolean {
  const steps = [...text].map((sign, index, all) =>
    index === 0 ? 0 : ((sign.codePointAt(0)! - all[index - 1]!.codePointAt(0)! + 15) % 10) - 5,
  )
  return text.length > 0 && (steps.slice(1).every((step) => step === 1) || steps.slice(1).every((step) => step === -1))
}

/** Whether little is left once the names are taken out of it. */
function isNames(plain: string, names: readonly string[]): boolean {
  const words = ['regulars', '熟客', ...names.flatMap((name) => [name, ...name.split(/[\s@._-]+/)])]
    .map((word) => word.normalize('NFKC').toLowerCase().replaceAll(/\s/g, ''))
    .filter((word) => [...word].length >= 2)
    .sort((a, b) => b.length - a.length)
  const without = words.reduce((rest, word) => rest.replaceAll(word, ''), plain.replaceAll(/\s/g, ''))
  return without.length < plain.replaceAll(/\s/g, '').length && without.replaceAll(/[^\p{L}]/gu, '').length < 4
}
