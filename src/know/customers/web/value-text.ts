import type { Translate } from '#web/i18n.ts'
import { type Birthday, birthdayText } from '../contract.ts'
import { phoneText } from './phone-text.ts'

type Kept = { value: string; raw: string | null }

/** A value of a field, or an identifier of the history, as people read it. */
export function valueText(t: Translate, field: string, value: unknown): string {
  if (value === null || value === undefined) return '—'
  if (field === 'birthday') return birthdayText(t, value as Birthday)
  if (field === 'phone' && typeof value === 'string') return phoneText(value)
  if (field === 'gender') return t(`customers.gender.${value as string}`)
  if (typeof value === 'object') return (value as Kept).raw ?? (value as Kept).value
  return String(value)
}
