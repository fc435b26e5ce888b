import { Select } from 'antd'
import { useMemo } from 'react'
import { useLocale } from '../i18n.ts'

/** Chooses a currency (ISO 4217) by code or by its name in the reader's language. */
export function CurrencyField(props: {
  id?: string
  /** For a screen reader and as the placeholder, where no label stands beside it. */
  label?: string
  value?: string | null
  onChange?: (currency: string) => void
  disabled?: boolean
}) {
  const locale = useLocale()
  const options = useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: 'currency' })
    return Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: `${code} · ${names.of(code)}` }))
  }, [locale])
  const { label, ...field } = props
  return (
    <Select
      {...field}
      aria-label={label}
      placeholder={label}
      showSearch={{ optionFilterProp: 'label' }}
      options={options}
    />
  )
}
