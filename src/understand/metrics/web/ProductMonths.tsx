import { useNavigate } from '@tanstack/react-router'
import { minorDigits } from '#platform/money.ts'
import { people } from '#understand/query/web/people.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { Chart } from '#web/kit/Chart.tsx'
import { dayText, moneyText, quantityText, shortText } from '#web/kit/formats.ts'
import type { ProductNumbers } from '../contract.ts'

/** What a product sold by month. A month opens who bought it then. */
export function ProductMonths({ numbers: { months, currency, asOf } }: { numbers: ProductNumbers }) {
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
        label={t('metrics.product.quantity_by_month')}
        shape="bars"
        at={at}
        series={[
          { key: 'quantity', label: t('metrics.product.quantity'), values: months.map(({ quantity }) => quantity) },
        ]}
        format={(quantity) => quantityText(locale, quantity)}
        axis={(quantity) => shortText(locale, quantity)}
        onPick={open}
      />
      <Chart
        label={t('metrics.product.revenue_by_month')}
        shape="bars"
        at={at}
        series={[{ key: 'revenue', label: t('metrics.product.revenue'), values: months.map(({ revenue }) => revenue) }]}
        format={(minor) => moneyText(locale, currency, minor)}
        axis={(minor) => shortText(locale, minor / 10 ** minorDigits(currency))}
        onPick={open}
      />
    </div>
  )
}
