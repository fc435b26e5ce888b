import './metrics.css'
import { useQuery } from '@tanstack/react-query'
import { people } from '#understand/query/web/people.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { AsOf } from '#web/kit/AsOf.tsx'
import { dayText, quantityText } from '#web/kit/formats.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { Metric, Metrics } from '#web/kit/Metric.tsx'
import { Count, DayText, Money } from '#web/kit/values.tsx'
import type { ProductNumbers } from '../contract.ts'
import { insight } from './insight-api.ts'
import { ProductMonths } from './ProductMonths.tsx'

/** What a product sold, who bought it and who came back for it. */
export default function ProductPanel({ id }: { id: number }) {
  const t = useT()
  const numbers = useQuery(insight.query.product.queryOptions({ input: { id } }))
  return (
    <Loaded of={numbers} rows={3}>
      {(found) =>
        found.firstSold === null && found.months.length === 0 ? (
          <p className="soft">{t('metrics.product.empty')}</p>
        ) : (
          <>
            <p className="soft">
              <AsOf day={found.asOf} />
            </p>
            <Sold numbers={found} />
            <ProductMonths numbers={found} />
          </>
        )
      }
    </Loaded>
  )
}

function Sold({ numbers }: { numbers: ProductNumbers }) {
  const t = useT()
  const locale = useLocale()
  const { asOf, quantity, revenue, purchases, buyers, repeatBuyers, firstSold, lastSold } = numbers
  const named = (key: string) => ({
    label: t(`metrics.product.${key}`),
    definition: t(`metrics.product.${key}.definition`, { asOf: dayText(locale, asOf) }),
  })
  const whoBought = people(numbers.people.buyers, asOf)
  return (
    <Metrics label={t('metrics.product.title')}>
      <Metric {...named('quantity')} value={<span className="number">{quantityText(locale, quantity)}</span>} />
      <Metric {...named('revenue')} value={<Money minor={revenue} />} />
      <Metric {...named('purchases')} value={<Count value={purchases} />} />
      <Metric {...named('buyers')} value={<Count value={buyers} />} {...whoBought} />
      <Metric
        {...named('repeatBuyers')}
        value={<Count value={repeatBuyers} />}
        {...people(numbers.people.repeatBuyers, asOf)}
      />
      <Metric {...named('firstSold')} value={<DayText day={firstSold} />} />
      <Metric {...named('lastSold')} value={<DayText day={lastSold} />} />
    </Metrics>
  )
}
