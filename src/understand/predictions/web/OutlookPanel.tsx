import './predictions.css'
import { useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { Metric, Metrics } from '#web/kit/Metric.tsx'
import { Absent, Count, DayText, Money, Share } from '#web/kit/values.tsx'
import { Why } from '#web/kit/Why.tsx'
import { Advice } from './Advice.tsx'
import { OutlookReason } from './OutlookReason.tsx'
import { predictions } from './predictions-api.ts'

/** What is to be expected of a customer, by which step and why, and what to do about it. */
export default function OutlookPanel({ id }: { id: number }) {
  const t = useT()
  const outlook = useQuery(predictions.query.outlook.queryOptions({ input: { id } }))
  return (
    <Loaded of={outlook} rows={3}>
      {(found) =>
        found.step === null ? (
          <OutlookReason outlook={found} />
        ) : (
          <>
            <Advice outlook={found} />
            <Metrics label={t('predictions.outlook')}>
              {found.here !== null && (
                <Metric
                  label={t('predictions.here')}
                  definition={t('predictions.here.definition')}
                  value={<Share of={found.here} digits={0} />}
                />
              )}
              {found.again90 !== null && (
                <Metric
                  label={t('predictions.again90')}
                  definition={t('predictions.again90.definition')}
                  value={<Share of={found.again90} digits={0} />}
                />
              )}
              {found.again365 !== null && (
                <Metric
                  label={t('predictions.again365')}
                  definition={t('predictions.again365.definition')}
                  value={<Share of={found.again365} digits={0} />}
                />
              )}
              <Expected label="value90" value={found.value90} purchases={found.purchases90} />
              <Expected label="value365" value={found.value365} purchases={found.purchases365} />
              <Metric
                label={t('predictions.next')}
                definition={t('predictions.next.definition')}
                value={found.next ? <DayText day={found.next} style="short" /> : <Absent />}
              />
              {found.residual !== null && (
                <Metric
                  label={t('predictions.residual')}
                  definition={t('predictions.residual.definition')}
                  value={<Money minor={found.residual} round />}
                />
              )}
            </Metrics>
            <p className="soft">
              {t(`predictions.by.${found.step}`)}
              <Why of={t('predictions.outlook')}>
                <OutlookReason outlook={found} />
              </Why>
            </p>
          </>
        )
      }
    </Loaded>
  )
}

/** Money to come, with the purchases it is made of; nothing where that cannot be said. */
function Expected({
  label,
  value,
  purchases,
}: {
  label: 'value90' | 'value365'
  value: number | null
  purchases: number | null
}) {
  const t = useT()
  if (value === null || purchases === null) return null
  return (
    <Metric
      label={t(`predictions.${label}`)}
      definition={t(`predictions.${label}.definition`)}
      value={<Money minor={value} round />}
      note={
        <>
          {t('predictions.in_purchases')} <Count value={purchases} digits={1} />
        </>
      }
    />
  )
}
