import { useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { Money, Share } from '#web/kit/values.tsx'
import { value } from './value-api.ts'

const parts = ['gross', 'discounts', 'givenBack', 'adjusted', 'net'] as const

/** How what a customer spent comes about: gross, discounts, given back, net; and what the goods cost, where that is known. */
export function WorthReason({ id }: { id: number }) {
  const t = useT()
  const worth = useQuery(value.query.worth.queryOptions({ input: { id } }))
  return (
    <>
      <p>{t('value.revenue.definition')}</p>
      <Loaded of={worth} rows={3}>
        {(found) => (
          <>
            <dl className="facts worth">
              {parts
                .filter((part) => part === 'gross' || part === 'net' || found[part] !== 0)
                .map((part) => (
                  <div key={part}>
                    <dt>{t(`value.worth.${part}`)}</dt>
                    <dd>
                      <Money minor={found[part]} />
                    </dd>
                  </div>
                ))}
              {found.cost && (
                <div>
                  <dt>{t('value.worth.cost')}</dt>
                  <dd>
                    <Money minor={-found.cost.amount} />
                  </dd>
                </div>
              )}
            </dl>
            {found.cost && (
              <p className="soft">
                {t('value.worth.cost_known')} <Share of={found.cost.known} digits={0} />
              </p>
            )}
          </>
        )}
      </Loaded>
    </>
  )
}
