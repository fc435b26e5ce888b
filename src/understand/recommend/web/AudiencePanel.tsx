import { useQuery } from '@tanstack/react-query'
import type { Condition } from '#understand/query/contract.ts'
import { PeopleLink, people } from '#understand/query/web/people.ts'
import { useT } from '#web/i18n.ts'
import { AsOf } from '#web/kit/AsOf.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { Metric, Metrics } from '#web/kit/Metric.tsx'
import { Count } from '#web/kit/values.tsx'
import type { ShownProduct } from '../contract.ts'
import { ProductLink } from './ProductLink.tsx'
import { recommend } from './recommend-api.ts'
import './recommend.css'

type Because = { product: ShownProduct; alike: boolean; customers: number; people: Condition }

/** Whom this product would interest, why, and who is left out; every number opens its people. */
export function AudiencePanel({ id }: { id: number }) {
  const t = useT()
  const audience = useQuery(recommend.query.audience.queryOptions({ input: { id } }))
  const named = (key: string) => ({
    label: t(`recommend.audience.${key}`),
    definition: t(`recommend.audience.${key}.definition`),
  })
  return (
    <Loaded of={audience} rows={4}>
      {(found) =>
        found.people === null ? (
          <p className="soft">{t('recommend.audience.none')}</p>
        ) : (
          <>
            <p className="soft">
              <AsOf day={found.asOf} />
            </p>
            <Metrics label={t('recommend.audience')}>
              <Metric
                {...named('customers')}
                value={<Count value={found.customers} />}
                {...people(found.people as Condition, found.asOf)}
              />
              <Metric {...named('reachable')} value={<Count value={found.reachable} />} />
              <Metric {...named('have_it')} value={<Count value={found.haveIt} />} />
              <Metric {...named('refused')} value={<Count value={found.refused} />} />
            </Metrics>
            <h3>{t('recommend.audience.because')}</h3>
            <ul className="next-products">
              {(found.because as Because[]).map((one) => (
                <li key={one.product.id}>
                  <span className="next-product">
                    <ProductLink of={one.product} />
                  </span>
                  <span className="soft next-reason">{one.alike && t('recommend.related.alike')}</span>
                  <PeopleLink of={one.people} asOf={found.asOf}>
                    {t('recommend.audience.bought', { count: one.customers })}
                  </PeopleLink>
                </li>
              ))}
            </ul>
          </>
        )
      }
    </Loaded>
  )
}
