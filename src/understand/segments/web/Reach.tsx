import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { type Condition, type Purpose, purposes } from '#understand/query/contract.ts'
import { people } from '#understand/query/web/people.ts'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Metric, Metrics } from '#web/kit/Metric.tsx'
import { Count } from '#web/kit/values.tsx'
import { segments } from './segments-api.ts'
import { useLater } from './use-later.ts'

/** How many of those found may be written to, way by way, for what one has in mind. What nobody of them is known by is left out. */
export function Reach({ question }: { question: Condition }) {
  const t = useT()
  const [purpose, setPurpose] = useState<Purpose>('promotion')
  // After the count, which is what one waits for.
  const asked = useLater(question, 500)
  const reach = useQuery({
    ...segments.query.reach.queryOptions({ input: { question: asked, purpose } }),
    placeholderData: keepPreviousData,
    retry: false,
  })
  return (
    <div className="reach">
      <h3>{t('segments.reach')}</h3>
      <Segmented
        aria-label={t('segments.reach_for')}
        value={purpose}
        onChange={setPurpose}
        options={purposes.map((one) => ({ value: one, label: t(`consent.purpose.${one}`) }))}
      />
      <div className={reach.isFetching ? 'tally waiting' : 'tally'} aria-live="polite">
        <Metrics label={t('segments.reach')}>
          {(reach.data?.items ?? [])
            .filter(({ channel }) => ['sms', 'wechat', 'email', 'phone'].includes(channel))
            .map(({ channel, yes, no, unknown }) => (
              <Metric
                key={channel}
                label={t(`consent.channel.${channel}`)}
                definition={t('segments.reach_means')}
                value={<Count value={yes} />}
                note={t('segments.reach_note', { no, unknown })}
                {...people({ is: 'and', of: [asked, { is: 'may', by: channel, for: purpose }] })}
              />
            ))}
        </Metrics>
      </div>
      <ErrorNote error={reach.error} />
    </div>
  )
}
