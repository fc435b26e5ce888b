import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useId } from 'react'
import { useT } from '#web/i18n.ts'
import { type Asks, type ReportMetric, reportMetrics, type Split } from '../contract.ts'
import { PeriodField } from './PeriodField.tsx'
import { reports } from './reports-api.ts'
import { WhomField } from './WhomField.tsx'

const splits = [
  ...(['none', 'month', 'week', 'day', 'stage', 'class', 'city', 'province', 'country', 'gender', 'tag'] as const),
  ...(['way', 'owner', 'shop', 'channel', 'category', 'brand', 'product'] as const),
] as const satisfies readonly Split[]

const compared = ['none', 'before', 'year'] as const

/** What a report asks, chosen part by part. */
export function ReportAsks({ asks, onChange }: { asks: Asks; onChange: (asks: Asks) => void }) {
  const t = useT()
  const id = useId()
  const days = useQuery(
    reports.query.run.queryOptions({ input: { asks }, placeholderData: keepPreviousData, retry: false }),
  ).data?.period
  const set = (change: Partial<Asks>) => onChange({ ...asks, ...change })
  return (
    <div className="report-asks">
      <div className="wide">
        <label htmlFor={`${id}-metrics`}>{t('reports.metrics')}</label>
        <Select
          id={`${id}-metrics`}
          mode="multiple"
          maxCount={6}
          value={asks.metrics}
          options={reportMetrics.map((value) => ({ value, label: t(`metrics.${value}`) }))}
          onChange={(chosen: ReportMetric[]) => chosen.length > 0 && set({ metrics: chosen })}
        />
      </div>
      <div>
        <label htmlFor={`${id}-split`}>{t('reports.split')}</label>
        <Select
          id={`${id}-split`}
          value={asks.split}
          options={splits.map((value) => ({ value, label: t(`reports.split.${value}`) }))}
          onChange={(split: Split) => set({ split })}
        />
      </div>
      <PeriodField period={asks.period} days={days} onChange={(period) => set({ period })} />
      <div>
        <label htmlFor={`${id}-compare`}>{t('reports.compare')}</label>
        <Select
          id={`${id}-compare`}
          value={asks.compare}
          options={compared.map((value) => ({ value, label: t(`reports.compare.${value}`) }))}
          onChange={(compare: Asks['compare']) => set({ compare })}
        />
      </div>
      <WhomField where={asks.where} onChange={(where) => set({ where })} />
    </div>
  )
}
