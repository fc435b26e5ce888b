import { useLocale, useT } from '#web/i18n.ts'
import { Chart } from '#web/kit/Chart.tsx'
import { countText } from '#web/kit/formats.ts'
import { Metric, Metrics } from '#web/kit/Metric.tsx'
import { Count } from '#web/kit/values.tsx'
import type { Live } from '../contract.ts'

/** How much comes in: the last hour, and by the minute. */
export function Rates({ of: { lastHour, waiting, waitedMs, minutes, kinds } }: { of: Live }) {
  const t = useT()
  const locale = useLocale()
  const seconds = (ms: number) => t('ingest.seconds', { seconds: countText(locale, ms / 1000, 1) })
  const refused = kinds.filter(({ outcome }) => outcome === 'refused')
  return (
    <section className="panel" aria-labelledby="incoming-now">
      <h2 id="incoming-now">{t('ingest.now')}</h2>
      <Metrics label={t('ingest.now')}>
        <Metric label={t('ingest.used')} definition={t('ingest.used_means')} value={<Count value={lastHour.used} />} />
        <Metric
          label={t('ingest.repeated')}
          definition={t('ingest.repeated_means')}
          value={<Count value={lastHour.repeated} />}
        />
        <Metric
          label={t('ingest.dropped')}
          definition={t('ingest.dropped_means')}
          value={<Count value={lastHour.dropped} />}
        />
        <Metric
          label={t('ingest.refused')}
          definition={t('ingest.refused_means')}
          value={<Count value={lastHour.refused} />}
          note={refused.map(({ what, count }) => `${t(`ingest.refusal.${what}`)} ${count}`).join(' · ')}
        />
      </Metrics>
      <p className="soft">
        {t('ingest.waiting', { count: waiting.requests })}
        {waitedMs && ` · ${t('ingest.waited', { p50: seconds(waitedMs.p50), p95: seconds(waitedMs.p95) })}`}
      </p>
      {minutes.length > 1 && (
        <Chart
          label={t('ingest.minutes')}
          shape="bars"
          height={180}
          at={minutes.map(({ at }) => ({ key: at, label: at.slice(11, 16) }))}
          series={[
            { key: 'used', label: t('ingest.used'), values: minutes.map(({ used }) => used) },
            { key: 'dropped', label: t('ingest.dropped'), values: minutes.map(({ dropped }) => dropped) },
          ]}
          format={(count) => countText(locale, count)}
        />
      )}
    </section>
  )
}
