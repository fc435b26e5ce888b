import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useT } from '#web/i18n.ts'
import { type Fields, PartField } from './PartField.tsx'
import { segments } from './segments-api.ts'

const asked = ['in', 'atLeast', 'atMost', 'from', 'to', 'yes', 'texts'] as const

/** A field of the shop's own, and what may be asked of one of its kind. With nothing asked: whether it is known. */
export function OwnField({ values, onChange, disabled }: Fields) {
  const t = useT()
  const known = useQuery(segments.query.vocabulary.queryOptions({ input: {}, staleTime: 60_000 }))
  const fields = known.data?.fields ?? []
  const field = fields.find(({ id }) => id === values.fieldId)
  const part = { values, onChange, disabled }
  const label = t('segments.part.field')
  return (
    <>
      <Select
        aria-label={label}
        placeholder={label}
        disabled={disabled}
        showSearch={{ optionFilterProp: 'label' }}
        value={field?.id}
        // What was asked of another field is not asked of this one.
        onChange={(fieldId) => onChange({ ...Object.fromEntries(asked.map((one) => [one, undefined])), fieldId })}
        options={fields.map(({ id, name }) => ({ value: id, label: name }))}
        popupMatchSelectWidth={false}
      />
      {(field?.kind === 'choice' || field?.kind === 'choices') && (
        <Select
          mode="multiple"
          aria-label={t('segments.any_of')}
          placeholder={t('segments.any_of')}
          disabled={disabled}
          optionFilterProp="label"
          value={(values.in as number[] | undefined) ?? []}
          onChange={(next: number[]) => onChange({ in: next.length > 0 ? next : undefined })}
          options={field.choices.map(({ id, name }) => ({ value: id, label: name }))}
          popupMatchSelectWidth={false}
        />
      )}
      {field?.kind === 'number' && (
        <PartField part={{ part: 'range', from: 'atLeast', to: 'atMost', unit: 'any' }} {...part} />
      )}
      {field?.kind === 'money' && (
        <PartField part={{ part: 'range', from: 'atLeast', to: 'atMost', unit: 'money' }} {...part} />
      )}
      {field?.kind === 'day' && <PartField part={{ part: 'days', from: 'from', to: 'to' }} {...part} />}
      {field?.kind === 'yesno' && (
        <Select
          aria-label={field.name}
          placeholder={t('segments.any_of')}
          allowClear
          disabled={disabled}
          value={values.yes as boolean | undefined}
          onChange={(yes?: boolean) => onChange({ yes })}
          options={[true, false].map((yes) => ({ value: yes, label: t(yes ? 'fields.yes' : 'fields.no') }))}
          popupMatchSelectWidth={false}
        />
      )}
      {(field?.kind === 'text' || field?.kind === 'link') && (
        <PartField part={{ part: 'texts', key: 'texts', label: 'text' }} {...part} />
      )}
    </>
  )
}
