import { useT } from '#web/i18n.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { Why } from '#web/kit/Why.tsx'
import type { CustomerValue } from '../contract.ts'
import { Told } from './Told.tsx'
import { valueText } from './value-text.ts'

/** Why this value is shown, and what each source says, the shown one first. */
export function ValueSources(props: {
  values: readonly CustomerValue[]
  /** Without it nothing can be removed. */
  onRemove?: (value: CustomerValue) => void
}) {
  const t = useT()
  const [shown] = props.values
  if (!shown?.chosen) return null
  return (
    <Why of={t(`customers.field.${shown.field}`)}>
      <p>{t(`customers.chosen.${shown.chosen}`)}</p>
      <ul className="says">
        {props.values.map((value) => (
          <li key={value.profileId}>
            <strong>{valueText(t, value.field, value.value)}</strong>
            <Told of={value} />
            {props.onRemove && (
              <QuietButton onClick={() => props.onRemove?.(value)}>{t('customers.remove_value')}</QuietButton>
            )}
          </li>
        ))}
      </ul>
    </Why>
  )
}
