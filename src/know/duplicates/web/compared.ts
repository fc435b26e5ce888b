import { birthdayText, type CustomerRow } from '#know/customers/contract.ts'
import { called, phoneText } from '#know/customers/web/people.ts'
import type { Translate } from '#web/i18n.ts'
import type { Reason, Side, Suggestion } from '../contract.ts'

/** A line of the comparison: what each side says, and in words how alike that is. */
export type Line = {
  key: string
  label: string
  one: string[]
  other: string[]
  /** Speaks for one person, against it, or not at all. */
  speaks: 'for' | 'against' | undefined
  how: string[]
}

type Options = { label: string; of: (side: Side) => (string | null | undefined)[]; reasons: readonly Reason['field'][] }

const digits: readonly Reason['field'][] = ['phone', 'number', 'postcode']

/** The two side by side, the lines that say most first; what neither tells is left out. */
export function linesOf(t: Translate, { one, other, reasons }: Suggestion): Line[] {
  const lines: [string, Options][] = [
    ['name', { label: 'customers.field.name', of: (side) => [called(side)], reasons: ['given', 'family', 'name'] }],
    ['birthday', { label: 'customers.field.birthday', of: (side) => [birthday(t, side)], reasons: ['birth'] }],
    ['phone', { label: 'customers.field.phone', of: (side) => side.phones.map(phoneText), reasons: ['phone'] }],
    ['email', { label: 'customers.field.email', of: (side) => side.emails, reasons: ['email'] }],
    [
      'address',
      {
        label: 'customers.field.address',
        of: (side) => [side.more?.address, side.more?.postcode],
        reasons: ['street', 'number', 'quarter', 'address', 'postcode'],
      },
    ],
    [
      'city',
      {
        label: 'customers.field.city',
        of: (side) => [[side.province, side.city, side.more?.district].filter(Boolean).join(' ')],
        reasons: ['province', 'city', 'district'],
      },
    ],
    [
      'gender',
      {
        label: 'customers.field.gender',
        of: (side) => [side.gender && t(`customers.gender.${side.gender}`)],
        reasons: ['gender'],
      },
    ],
    ['number', { label: 'customers.field.number', of: (side) => [side.number], reasons: [] }],
    ['source', { label: 'duplicates.known_from', of: (side) => side.sources, reasons: [] }],
  ]
  return lines.flatMap(([key, { label, of, reasons: fields }]) => {
    const [left, right] = [told(of(one)), told(of(other))]
    if (left.length + right.length === 0) return []
    const own = reasons.filter((reason) => fields.includes(reason.field))
    return [{ key, label: t(label), one: left, other: right, speaks: speaks(own), how: howOf(t, own, fields) }]
  })
}

/** Why two may be one, shortly: what speaks most for it. */
export function summaryOf(t: Translate, reasons: readonly Reason[]): string {
  const most = reasons.filter(({ bits, how }) => bits > 0 || how === 'exchanged').slice(0, 3)
  return most
    .map((reason) => t('duplicates.because', { field: fieldText(t, reason), how: howText(t, reason) }))
    .join(t('duplicates.and'))
}

function howOf(t: Translate, reasons: readonly Reason[], fields: readonly Reason['field'][]): string[] {
  if (reasons.length === 0) return []
  if (reasons.every(({ how }) => how === 'same')) return [t('duplicates.how.same')]
  const several = fields.length > 1
  return reasons
    .filter(({ how }) => how !== 'same')
    .map((reason) =>
      several ? t('duplicates.because', { field: fieldText(t, reason), how: howText(t, reason) }) : howText(t, reason),
    )
}

function speaks(reasons: readonly Reason[]): Line['speaks'] {
  if (reasons.length === 0) return undefined
  return reasons.reduce((sum, { bits }) => sum + bits, 0) > 0 ? 'for' : 'against'
}

export function fieldText(t: Translate, { field }: Reason): string {
  return t(`duplicates.field.${field}`)
}

export function howText(t: Translate, { field, how }: Reason): string {
  if (how !== 'near') return t(`duplicates.how.${how}`)
  return t(
    field === 'birth'
      ? 'duplicates.how.near_day'
      : digits.includes(field)
        ? 'duplicates.how.near_digit'
        : 'duplicates.how.near',
  )
}

function birthday(t: Translate, { birthday }: Pick<CustomerRow, 'birthday'>): string | null {
  return birthday && birthdayText(t, birthday)
}

function told(values: (string | null | undefined)[]): string[] {
  return values.filter((value): value is string => Boolean(value))
}
