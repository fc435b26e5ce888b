import { Checkbox, InputNumber, Select } from 'antd'
import { useT } from '#web/i18n.ts'
import { DayField } from '#web/kit/DayField.tsx'
import { MoneyField } from '#web/kit/MoneyField.tsx'
import type { Choice, Part } from './condition-parts.ts'
import { RegionsField } from './RegionsField.tsx'
import { TimeField } from './TimeField.tsx'
import { useListed } from './use-listed.ts'
import { useTextValues } from './use-text-values.ts'

export type Fields = {
  values: Record<string, unknown>
  onChange: (change: Record<string, unknown>) => void
  disabled?: boolean
}

/** One part of a condition. */
export function PartField({ part, ...rest }: Fields & { part: Exclude<Part, { part: 'own' | 'steps' | 'way' }> }) {
  switch (part.part) {
    case 'range':
      return <Range part={part} {...rest} />
    case 'days':
      return <Days part={part} {...rest} />
    case 'last':
      return <Last part={part} {...rest} />
    case 'count':
      return <Whole part={part} {...rest} />
    case 'time':
      return (
        <TimeField
          value={rest.values[part.key]}
          disabled={rest.disabled}
          onChange={(time) => rest.onChange({ [part.key]: time })}
        />
      )
    case 'note':
      return <Note of={part.key} />
    case 'regions':
      return (
        <RegionsField
          value={rest.values[part.key] as (number | string)[] | undefined}
          disabled={rest.disabled}
          onChange={(places) => rest.onChange({ [part.key]: places })}
        />
      )
    case 'flag':
      return <Flag part={part} {...rest} />
    case 'texts':
      return <Texts part={part} {...rest} />
    default:
      return <Among part={part} {...rest} />
  }
}

function Note({ of }: { of: string }) {
  return <small className="soft">{useT()(of)}</small>
}

function Range({ part, values, onChange, disabled }: Fields & { part: Extract<Part, { part: 'range' }> }) {
  const t = useT()
  return (
    <span className="part-range">
      {part.label && <span className="soft">{t(`segments.part.${part.label}`)}</span>}
      {(['from', 'to'] as const).map((end) => {
        const key = part[end]
        const value = values[key] as number | undefined
        const label = t(end === 'from' ? 'segments.at_least' : 'segments.at_most')
        if (part.unit === 'money') {
          return (
            <span key={end} className="part-money">
              <span className="soft">{label}</span>
              <MoneyField
                label={label}
                value={value ?? null}
                onChange={(minor) => onChange({ [key]: minor ?? undefined })}
              />
            </span>
          )
        }
        return (
          <InputNumber
            key={end}
            aria-label={label}
            prefix={<span className="soft">{label}</span>}
            style={{ width: 152 }}
            precision={part.unit === 'any' ? undefined : 0}
            disabled={disabled}
            value={value ?? null}
            onChange={(next) => onChange({ [key]: next ?? undefined })}
          />
        )
      })}
    </span>
  )
}

function Days({ part, values, onChange }: Fields & { part: Extract<Part, { part: 'days' }> }) {
  const t = useT()
  return (
    <span className="part-range">
      {(['from', 'to'] as const).map((end) => (
        <DayField
          key={end}
          label={t(end === 'from' ? 'segments.from_day' : 'segments.to_day')}
          value={(values[part[end]] as string | undefined) ?? null}
          onChange={(day) => onChange({ [part[end]]: day })}
        />
      ))}
    </span>
  )
}

function Last({ part, values, onChange, disabled }: Fields & { part: Extract<Part, { part: 'last' }> }) {
  const t = useT()
  return (
    <InputNumber
      aria-label={t('segments.last_days')}
      prefix={<span className="soft">{t('segments.last')}</span>}
      suffix={<span className="soft">{t('segments.last_unit')}</span>}
      style={{ width: 128 }}
      precision={0}
      min={1}
      max={36_500}
      disabled={disabled}
      value={(values[part.key] as number | undefined) ?? null}
      onChange={(days) => (days !== null || !part.needed) && onChange({ [part.key]: days ?? undefined })}
    />
  )
}

function Whole({ part, values, onChange, disabled }: Fields & { part: Extract<Part, { part: 'count' }> }) {
  const t = useT()
  return (
    <InputNumber
      aria-label={t(`segments.part.${part.label}`)}
      prefix={t(`segments.part.${part.label}`)}
      precision={0}
      min={part.min}
      max={part.max}
      disabled={disabled}
      value={values[part.key] as number}
      onChange={(next) => next !== null && onChange({ [part.key]: next })}
    />
  )
}

function Flag({ part, values, onChange, disabled }: Fields & { part: Extract<Part, { part: 'flag' }> }) {
  const t = useT()
  return (
    <Checkbox
      checked={values[part.key] === true}
      disabled={disabled}
      onChange={({ target }) => onChange({ [part.key]: target.checked || undefined })}
    >
      {t(`segments.part.${part.label}`)}
    </Checkbox>
  )
}

function Texts({ part, values, onChange, disabled }: Fields & { part: Extract<Part, { part: 'texts' }> }) {
  const t = useT()
  const offered = useTextValues(part.of)
  const label = part.label ? t(`segments.part.${part.label}`) : t('segments.any_of')
  const chosen = (values[part.key] as string[] | undefined) ?? []
  return (
    <Select
      mode="tags"
      aria-label={label}
      placeholder={label}
      value={chosen}
      disabled={disabled}
      onChange={(next: string[]) => onChange({ [part.key]: next.length > 0 || !part.label ? next : undefined })}
      options={offered.map((value) => ({ value, label: value }))}
      popupMatchSelectWidth={false}
    />
  )
}

function Among({ part, values, onChange, disabled }: Fields & { part: Extract<Part, { part: 'among' | 'one' }> }) {
  const t = useT()
  const options = useOptions(part.of)
  const label = part.label ? t(`segments.part.${part.label}`) : t('segments.any_of')
  const shared = { 'aria-label': label, placeholder: label, disabled, options, popupMatchSelectWidth: false }
  if (part.part === 'one') {
    const value = values[part.key] === 0 ? undefined : values[part.key]
    return (
      <Select
        {...shared}
        prefix={part.label && <span className="soft">{label}</span>}
        placeholder={part.label ? t('segments.whichever') : label}
        allowClear={part.optional}
        showSearch={{ optionFilterProp: 'label' }}
        value={value}
        onChange={(next) => onChange({ [part.key]: next })}
      />
    )
  }
  return (
    <Select
      {...shared}
      mode="multiple"
      optionFilterProp="label"
      value={(values[part.key] as (string | number)[] | undefined) ?? []}
      onChange={(next) => onChange({ [part.key]: next.length > 0 || !part.label ? next : undefined })}
    />
  )
}

function useOptions(of: Choice): { value: string | number; label: string }[] {
  const t = useT()
  const listed = useListed('list' in of ? of.list : 'shop')
  return 'words' in of ? of.words.map((word) => ({ value: word, label: t(of.key(word)) })) : listed
}
