import type { OwnField } from '#know/fields/contract.ts'
import { useOwnFields } from '#know/fields/web/people.ts'
import { useT } from '#web/i18n.ts'
import { valueText } from './value-text.ts'

/** What fields are called and what stands in them, those of the shop's own included. */
export function useFieldWords(): {
  label: (field: string) => string
  text: (field: string, value: unknown) => string
  own: readonly OwnField[]
} {
  const t = useT()
  const own = useOwnFields()
  return {
    label: (field) => own.ofKey(field)?.name ?? t(`customers.field.${field}`),
    text(field, value) {
      const found = own.ofKey(field)
      return found ? own.text(found, value) : valueText(t, field, value)
    },
    own: own.all,
  }
}
