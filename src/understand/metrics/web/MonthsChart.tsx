import './metrics.css'
import { useNavigate } from '@tanstack/react-router'
import { minorDigits } from '#platform/money.ts'
import { people } from '#understand/query/web/people.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { Chart } from '#web/kit/Chart.tsx'
import { countText, dayText, moneyText, shortText } from '#web/kit/formats.ts'
import type { Overview } from '../contract.ts'

/** Revenue and buyers by month, up to the day that is looked at. A month opens who bought in it. */
export function MonthsChart({ overview: { months, currency, asOf } }: { overview: Overview }) {
  const t = useT()
  const locale = useLocale()
  const navigate = useNavigate()
  if (months.length < 2) return null
  const at = months.map(({ month }) => ({ key: month, label: dayText(locale, `${month}-01`, 'month') }))
  const open = (month: string) => {
    const found = months.find((one) => one.month === month)
    if (found) void navigate(people(found.people, asOf) as never)
  }
  return (
    <div className="two-charts">
      <Chart
        label={t('metrics.revenue_by_month')}
        shape="bars"
        at={at}
        series={[{ key: 'revenue', label: t('metrics.periodRevenue'), values: months.map(({ revenue }) => revenue) }]}
        format={(minor) => moneyText(locale, currency, minor, true)}
        axis={(minor) => shortText(locale, minor / 10 ** minorDigits(currency))}
        onPick={open}
      />
      <Chart
        label={t('metrics.buyers_by_month')}
        shape="stack"
        at={at}
        series={[
          {
            key: 'returning',
            label: t('metrics.returningBuyers'),
            values: months.map(({ returningBuyers }) => returningBuyers),
          },
          {
            key: 'new',
            label: t('metrics.newBuyers'),
            values: months.map(({ newBuyers }) => newBuyers),
            colour: 'var(--stage-new)',
          },
        ]}
        format={(count) => countText(locale, count)}
        onPick={open}
      />
    </div>
  )
}
