import { useState } from 'react'
import { useT } from '#web/i18n.ts'

/** How many, with a thumb: one less, a number, one more. At most 3 decimals. */
export function QuantityField(props: {
  label: string
  value: number | undefined
  min?: number
  max?: number
  onChange: (quantity: number | undefined) => void
}) {
  const { value, min = 0, max = 9_999_999 } = props
  const t = useT()
  const [typed, setTyped] = useState<{ text: string; value: number | undefined }>({ text: '', value: undefined })
  const text = typed.text !== '' && typed.value === value ? typed.text : value === undefined ? '' : String(value)
  const within = (quantity: number) => Math.min(Math.max(Math.round(quantity * 1000) / 1000, min), max)

  function type(text: string) {
    const plain = text.normalize('NFKC').replace(',', '.').trim()
    const quantity = /^\d+(\.\d{0,3})?$/.test(plain) ? within(Number(plain)) : undefined
    setTyped({ text: quantity !== undefined && quantity !== Number(plain) ? String(quantity) : text, value: quantity })
    props.onChange(quantity)
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would add its legend to every line
    <div className="quantity" role="group" aria-label={props.label}>
      <button
        type="button"
        className="quantity-step"
        aria-label={t('orders.one_less')}
        disabled={(value ?? 0) <= min}
        onClick={() => props.onChange(within((value ?? 0) - 1))}
      >
        −
      </button>
      <input
        className="quantity-count"
        inputMode="decimal"
        aria-label={props.label}
        value={text}
        onFocus={(event) => event.target.select()}
        onChange={(event) => type(event.target.value)}
      />
      <button
        type="button"
        className="quantity-step"
        aria-label={t('orders.one_more')}
        disabled={(value ?? 0) >= max}
        onClick={() => props.onChange(within((value ?? 0) + 1))}
      >
        +
      </button>
    </div>
  )
}
