import { Select } from 'antd'
import { useId } from 'react'
import { useT } from '#web/i18n.ts'
import { DayField } from '#web/kit/DayField.tsx'
import type { Period } from '../contract.ts'

const offered: readonly { last: number; unit: 'days' | 'weeks' | 'months' }[] = [
  { last: 7, unit: 'days' },
  { last: 30, unit: 'days' },
  { last: 90, unit: 'days' },
  { last: 12, unit: 'weeks' },
  { last: 1, unit: 'months' },
  { last: 3, unit: 'months' },
  { last: 6, unit: 'months' },
  { last: 12, unit: 'months' },
  { last: 24, unit: 'months' },
]

const keyOf = (period: Period) => ('last' in period ? `${period.last} ${period.unit}` : 'own')

/** The last days, weeks or months, or from day to day. */
export function PeriodField(props: {
  period: Period
  /** The days that it has now, to begin with where one's own are wanted. */
  days: { from: string; to: string } | undefined
  onChange: (period: Period) => void
}) {
  const { period, days, onChange } = props
  const t = useT()
  const id = useId()
  const known = 'last' in period && !offered.some((one) => keyOf(one) === keyOf(period)) ? [period] : []
  const choose = (key: string) => {
    const found = [...offered, ...known].find((one) => keyOf(one) === key)
    if (found) onChange(found)
    else if ('last' in period && days) onChange({ from: days.from, to: days.to })
  }
  return (
    <>
      <div>
        <label htmlFor={id}>{t('reports.period')}</label>
        <Select
          id={id}
          value={keyOf(period)}
          options={[
            ...[...offered, ...known].map((one) => ({
              value: keyOf(one),
              label: t(`reports.period.${one.unit}`, { last: one.last }),
            })),
            { value: 'own', label: t('reports.period.own') },
          ]}
          onChange={choose}
        />
      </div>
      {'from' in period && (
        <div className="report-days">
          <DayField
            label={t('metrics.from')}
            value={period.from}
            max={period.to}
            onChange={(from) => from && onChange({ ...period, from })}
          />
          <DayField
            label={t('metrics.to')}
            value={period.to}
            min={period.from}
            onChange={(to) => to && onChange({ ...period, to })}
          />
        </div>
      )}
    </>
  )
}
