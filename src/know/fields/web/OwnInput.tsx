import { Input, InputNumber, Select } from 'antd'
import { useT } from '#web/i18n.ts'
import { DayField } from '#web/kit/DayField.tsx'
import { MoneyField } from '#web/kit/MoneyField.tsx'
import type { OwnField } from '../contract.ts'

type Props = {
  field: OwnField
  id?: string
  value?: unknown
  onChange?: (value: unknown) => void
  autoFocus?: boolean
}

/** The input of an own field, by its kind. An emptied input is undefined. */
export function OwnInput({ field, id, value, onChange, autoFocus }: Props) {
  const t = useT()
  const common = { id, autoFocus, 'aria-label': field.name }
  const options = field.choices.map((one) => ({ value: one.id, label: one.name }))
  const say = (said: unknown) => onChange?.(said === null || said === '' ? undefined : said)
  switch (field.kind) {
    case 'number':
      return <InputNumber {...common} value={value as number | undefined} onChange={say} style={{ width: 180 }} />
    case 'money':
      return <MoneyField id={id} label={field.name} value={value as number | undefined} onChange={say} />
    case 'day':
      return <DayField id={id} label={field.name} value={value as string | undefined} onChange={say} />
    case 'yesno':
      return (
        <Select
          {...common}
          allowClear
          style={{ minWidth: 120 }}
          value={value === undefined ? undefined : Number(value)}
          onChange={(picked?: number) => onChange?.(picked === undefined ? undefined : picked === 1)}
          options={[
            { value: 1, label: t('fields.yes') },
            { value: 0, label: t('fields.no') },
          ]}
        />
      )
    case 'choice':
      return (
        <Select
          {...common}
          allowClear
          style={{ minWidth: 180 }}
          showSearch={{ optionFilterProp: 'label' }}
          value={value as number | undefined}
          onChange={say}
          options={options}
        />
      )
    case 'choices':
      return (
        <Select
          {...common}
          mode="multiple"
          style={{ minWidth: 240 }}
          showSearch={{ optionFilterProp: 'label' }}
          value={(value as number[] | undefined) ?? []}
          onChange={(picked: number[]) => onChange?.(picked.length ? picked : undefined)}
          options={options}
        />
      )
    default:
      return (
        <Input
          {...common}
          type={field.kind === 'link' ? 'url' : 'text'}
          autoComplete="off"
          maxLength={field.kind === 'link' ? 500 : 1000}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => say(event.target.value)}
        />
      )
  }
}
