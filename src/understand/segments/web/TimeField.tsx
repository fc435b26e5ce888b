import { InputNumber, Select } from 'antd'
import { type During, timeNames } from '#understand/query/contract.ts'
import { useT } from '#web/i18n.ts'

const counts = ['ago', 'before', 'after'] as const

/** A festival, a solar term or a season, how many times ago, and days before and after it. */
export function TimeField(props: { value: unknown; onChange: (time: During | undefined) => void; disabled?: boolean }) {
  const { onChange, disabled } = props
  const t = useT()
  const time = props.value as During | undefined
  const label = t('segments.part.during')
  return (
    <span className="part-range">
      <Select
        aria-label={label}
        placeholder={label}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        value={time?.of}
        disabled={disabled}
        onChange={(of?: During['of']) => onChange(of && { ...time, of })}
        options={timeNames.map((of) => ({ value: of, label: t(`query.time.${of}`) }))}
        popupMatchSelectWidth={false}
      />
      {time &&
        counts.map((key) => (
          <InputNumber
            key={key}
            aria-label={t(`segments.part.${key}`)}
            prefix={<span className="soft">{t(`segments.part.${key}`)}</span>}
            style={{ width: 152 }}
            precision={0}
            min={1}
            max={key === 'ago' ? 20 : 366}
            disabled={disabled}
            value={time[key] ?? null}
            onChange={(count) => {
              const { [key]: _before, ...rest } = time
              onChange(count === null ? rest : { ...rest, [key]: count })
            }}
          />
        ))}
    </span>
  )
}
