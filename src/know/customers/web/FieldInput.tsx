import { AutoComplete, Input, Select } from 'antd'
import { useT } from '#web/i18n.ts'
import { type Birthday, type FieldKey, fieldOf, genders } from '../contract.ts'
import { BirthdayField } from './BirthdayField.tsx'

type Props = {
  field: FieldKey
  id?: string
  label?: string
  value?: unknown
  onChange?: (value: unknown) => void
  autoFocus?: boolean
}

/** Words offered for a field that may say anything; the list is a message, its parts between `|`. */
const offered: ReadonlySet<FieldKey> = new Set(['education', 'income', 'occupation'])

/** The input of one field, for a form or in place. An emptied input is undefined. */
export function FieldInput({ field, id, label, value, onChange, autoFocus }: Props) {
  const t = useT()
  const text = typeof value === 'string' ? value : ''
  const say = (typed: string) => onChange?.(typed === '' ? undefined : typed)
  const { input } = fieldOf(field)
  if (input === 'birthday') {
    return <BirthdayField id={id} label={label} value={value as Birthday | undefined} onChange={onChange} />
  }
  if (input === 'choice') {
    return (
      <Select
        id={id}
        aria-label={label}
        allowClear
        value={value as string | undefined}
        onChange={(picked?: string) => onChange?.(picked)}
        options={genders.map((gender) => ({ value: gender, label: t(`customers.gender.${gender}`) }))}
        style={{ minWidth: 160 }}
        autoFocus={autoFocus}
      />
    )
  }
  if (input === 'lines') {
    return (
      <Input.TextArea
        id={id}
        aria-label={label}
        autoSize={{ minRows: 2, maxRows: 8 }}
        value={text}
        onChange={(event) => say(event.target.value)}
        autoFocus={autoFocus}
      />
    )
  }
  if (offered.has(field)) {
    return (
      <AutoComplete
        id={id}
        aria-label={label}
        value={text}
        onChange={(typed) => say(typed ?? '')}
        options={t(`customers.offered.${field}`)
          .split('|')
          .map((word) => ({ value: word }))}
        showSearch={{ filterOption: (typed, option) => String(option?.value ?? '').includes(typed) }}
        autoFocus={autoFocus}
      />
    )
  }
  return (
    <Input
      id={id}
      aria-label={label}
      autoComplete="off"
      value={text}
      onChange={(event) => say(event.target.value)}
      autoFocus={autoFocus}
    />
  )
}
