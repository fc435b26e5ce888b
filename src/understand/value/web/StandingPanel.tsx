import './value.css'
import { useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { Metric, Metrics } from '#web/kit/Metric.tsx'
import { StageMark } from '#web/kit/StageMark.tsx'
import { ValueMark } from '#web/kit/ValueMark.tsx'
import { Count, DayText, Money } from '#web/kit/values.tsx'
import { Why } from '#web/kit/Why.tsx'
import { BeforePurchase } from './BeforePurchase.tsx'
import { StageReason } from './StageReason.tsx'
import { ValueReason } from './ValueReason.tsx'
import { value } from './value-api.ts'
import { WorthReason } from './WorthReason.tsx'

/** A customer's stage and value, each with what it rests on. */
export default function StandingPanel({ id }: { id: number }) {
  const t = useT()
  const standing = useQuery(value.query.standing.queryOptions({ input: { id } }))
  return (
    <Loaded of={standing} rows={3}>
      {(found) => (
        <>
          <p className="standing">
            <StageMark stage={found.isNew ? 'new' : found.stage} />
            <Why of={t('value.stage')}>
              <StageReason reason={found.stageReason} />
            </Why>{' '}
            {found.valueClass ? (
              <ValueMark value={found.valueClass} />
            ) : (
              <span className="soft">{t('value.no_class')}</span>
            )}
            <Why of={t('value.class')}>
              <ValueReason standing={found} />
            </Why>
          </p>
          {found.stage === 'never' && <BeforePurchase id={id} />}
          <Metrics label={t('value.standing')}>
            <Metric
              label={t('value.revenue')}
              definition={<WorthReason id={id} />}
              value={<Money minor={found.revenue} />}
            />
            <Metric
              label={t('value.purchases')}
              definition={t('value.purchases.definition')}
              value={<Count value={found.purchases} />}
            />
            <Metric
              label={t('value.last_purchase')}
              definition={t('value.last_purchase.definition')}
              value={<DayText day={found.lastPurchase} />}
            />
            <Metric
              label={t('value.first_purchase')}
              definition={t('value.first_purchase.definition')}
              value={<DayText day={found.firstPurchase} />}
            />
          </Metrics>
        </>
      )}
    </Loaded>
  )
}
