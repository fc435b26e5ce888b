import { useQuery } from '@tanstack/react-query'
import { useLocale, useT } from '#web/i18n.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { dayText } from '#web/kit/formats.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import type { Digest } from '../contract.ts'
import { digests } from './digest-api.ts'
import { WeekSaid } from './WeekSaid.tsx'

/** The last weeks as they were told when they were over. */
export function WeeksPage() {
  const t = useT()
  const locale = useLocale()
  const list = useQuery(digests.query.list.queryOptions({ input: {} }))
  return (
    <PageFrame title={t('digest.title')} subtitle={t('digest.note')} back={{ to: '/', label: t('metrics.title') }}>
      <Loaded of={list} rows={6}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('digest.none')} example={t('digest.none_example')}>
              {t('digest.none_means')}
            </EmptyState>
          ) : (
            (items as Digest[]).map((one) => (
              <section key={one.from} className="panel">
                <h2>{t('digest.week', { from: dayText(locale, one.from), to: dayText(locale, one.to) })}</h2>
                <WeekSaid of={one} />
              </section>
            ))
          )
        }
      </Loaded>
    </PageFrame>
  )
}
