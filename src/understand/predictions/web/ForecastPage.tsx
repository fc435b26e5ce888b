import './predictions.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { AsOf } from '#web/kit/AsOf.tsx'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { InstantText } from '#web/kit/values.tsx'
import { useMay } from '#web/session.ts'
import type { Forecast } from '../contract.ts'
import { AlikeTable } from './AlikeTable.tsx'
import { CheckPanel } from './CheckPanel.tsx'
import { ModelWords } from './ModelWords.tsx'
import { predictions } from './predictions-api.ts'
import { Steps } from './Steps.tsx'
import { ToDo } from './ToDo.tsx'
import { TrackingChart } from './TrackingChart.tsx'

/** What is foretold of the customers, by which means, and how well such words held when they were tried on the past. */
export default function ForecastPage() {
  const t = useT()
  const may = useMay()
  const [awaited, setAwaited] = useState<string | null>()
  const latest = useQuery(
    predictions.query.forecast.queryOptions({
      input: {},
      refetchInterval: ({ state: { data } }) =>
        data?.running || (awaited !== undefined && data?.madeAt === awaited) ? 1_500 : 60_000,
    }),
  )
  const { data } = latest
  const ask = useMutation({
    ...predictions.query.make.mutationOptions(),
    onSuccess: () => setAwaited(data?.madeAt ?? null),
  })
  const busy = data?.running || ask.isPending || (awaited !== undefined && data?.madeAt === awaited)
  const again = may('lifecycle.edit') && (
    <QuietButton disabled={busy} onClick={() => ask.mutate({})}>
      {t(busy ? 'predictions.being_made' : 'predictions.make')}
    </QuietButton>
  )
  return (
    <PageFrame
      title={t('predictions.title')}
      subtitle={data?.forecast && <AsOf day={data.forecast.asOf} />}
      back={{ to: '/', label: t('web.nav.overview') }}
      action={data?.forecast && again}
    >
      {ask.error && <ErrorNote error={ask.error} />}
      <Loaded of={latest} rows={8}>
        {({ forecast, madeAt, failedAt }) =>
          forecast && forecast.buyers > 0 ? (
            <>
              <p className="soft">
                {t('predictions.made')} <InstantText at={madeAt} />
                {forecast.sample > 1 && ` ${t('predictions.sampled', { every: forecast.sample })}`}
              </p>
              {failedAt && <p role="alert">{t('predictions.failed')}</p>}
              <Found forecast={forecast} />
            </>
          ) : (
            <EmptyState title={t('predictions.empty')} example={t('predictions.empty_example')} action={again}>
              {t('predictions.empty_means')}
            </EmptyState>
          )
        }
      </Loaded>
    </PageFrame>
  )
}

function Found({ forecast }: { forecast: Forecast }) {
  const t = useT()
  return (
    <>
      <ToDo />
      <section className="panel">
        <h2>{t('predictions.how')}</h2>
        <p className="soft">{t('predictions.ladder')}</p>
        <Steps forecast={forecast} />
      </section>
      <section className="panel">
        <h2>{t('predictions.model')}</h2>
        <ModelWords forecast={forecast} />
      </section>
      {forecast.check && (
        <section className="panel">
          <h2>{t('predictions.check')}</h2>
          <CheckPanel check={forecast.check} />
        </section>
      )}
      {forecast.tracking && (
        <section className="panel">
          <TrackingChart tracking={forecast.tracking} />
        </section>
      )}
      {forecast.alike.some(({ in90, in365 }) => in90 ?? in365) && (
        <section className="panel">
          <h2>{t('predictions.alike')}</h2>
          <AlikeTable alike={forecast.alike} />
        </section>
      )}
    </>
  )
}
