import { useT } from '#web/i18n.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { Why } from '#web/kit/Why.tsx'
import type { CustomerValue } from '../contract.ts'
import { useFieldWords } from './field-words.ts'
import { Told } from './Told.tsx'

/** Why this value is shown, and what each source says, the shown one first. */
export function ValueSources(props: {
  values: readonly CustomerValue[]
  /** Without it nothing can be removed. */
  onRemove?: (value: CustomerValue) => void
}) {
  const t = useT()
  const words = useFieldWords()
  const [shown] = props.values
  if (!shown?.chosen) return null
  return (
    <Why of={words.label(shown.field)}>
      <p>{t(`customers.chosen.${shown.chosen}`)}</p>
      <ul className="says">
        {props.values.map((value) => (
          <li key={value.profileId}>
            <strong>{words.text(value.field, value.value)}</strong>
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
