import { useQuery } from '@tanstack/react-query'
import { useLocale, useT } from '#web/i18n.ts'
import { dayText, moneyText, quantityText } from '#web/kit/formats.ts'
import { useMay, useMerchant } from '#web/session.ts'
import type { OwnField } from '../contract.ts'
import { fields } from './fields-api.ts'

export type OwnFields = {
  all: readonly OwnField[]
  /** The field of a key, `own.3`. */
  ofKey: (key: string) => OwnField | undefined
  /** A value as people read it. */
  text: (field: OwnField, value: unknown) => string
}

/** The fields of the shop's own, in their order, and their values in words. Fetched once a page. */
export function useOwnFields(): OwnFields {
  const t = useT()
  const locale = useLocale()
  const may = useMay()
  const currency = useMerchant()?.currency ?? 'CNY'
  const { data } = useQuery({
    ...fields.query.list.queryOptions({ input: {}, staleTime: 60_000 }),
    enabled: may('customers.read'),
  })
  const all = (data?.items ?? []) as OwnField[]
  return {
    all,
    ofKey: (key) => all.find((one) => one.key === key),
    text({ kind, choices }, value) {
      if (value === null || value === undefined) return '—'
      const nameOf = (id: unknown) => choices.find((one) => one.id === id)?.name ?? `#${id}`
      if (Array.isArray(value)) return new Intl.ListFormat(locale, { type: 'unit' }).format(value.map(nameOf))
      if (typeof value === 'boolean') return t(value ? 'fields.yes' : 'fields.no')
      if (typeof value === 'number') {
        if (kind === 'choice') return nameOf(value)
        return kind === 'money' ? moneyText(locale, currency, value) : quantityText(locale, value)
      }
      return kind === 'day' && /^\d{4}-\d{2}-\d{2}$/.test(String(value))
        ? dayText(locale, String(value))
        : String(value)
    },
  }
}
