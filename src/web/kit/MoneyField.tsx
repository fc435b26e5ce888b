import { Input } from 'antd'
import { useState } from 'react'
import { fromMinor, toMinor } from '#platform/money.ts'
import { useMerchant } from '../session.ts'

/**
 * An amount in the merchant's currency, for a form: typed as `12.50`, given as minor units. Full-width digits and
 * thousands' commas are understood; what is no amount is marked and given as `undefined`, an empty field as `null`.
 * @example <Form.Item name="price" label={t('catalog.price')}><MoneyField /></Form.Item>
 */
export function MoneyField(props: {
  id?: string
  value?: number | null
  onChange?: (minor: number | null | undefined) => void
  label?: string
}) {
  const currency = useMerchant()?.currency ?? 'CNY'
  const written = (minor: number | null | undefined) => (typeof minor === 'number' ? fromMinor(minor, currency) : '')
  const [typed, setTyped] = useState({ text: written(props.value), minor: props.value })
  const shown = typed.minor === props.value ? typed.text : written(props.value)

  function take(text: string) {
    const plain = text.normalize('NFKC').replaceAll(/[,\s]/g, '')
    const minor = plain === '' ? null : toMinor(plain, currency)
    setTyped({ text, minor })
    props.onChange?.(minor)
  }

  return (
    <Input
      id={props.id}
      aria-label={props.label}
      inputMode="decimal"
      suffix={currency}
      value={shown}
      status={typed.minor === undefined && typed.text ? 'error' : undefined}
      onChange={(event) => take(event.target.value)}
    />
  )
}
