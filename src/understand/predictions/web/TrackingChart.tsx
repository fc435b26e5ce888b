import { useLocale, useT } from '#web/i18n.ts'
import { Chart } from '#web/kit/Chart.tsx'
import { countText, dayText, shortText } from '#web/kit/formats.ts'
import type { Forecast } from '../contract.ts'

/** All repeat purchases as they came, and as the model of the cutoff expects them. */
export function TrackingChart({ tracking: { cutoff, points } }: { tracking: NonNullable<Forecast['tracking']> }) {
  const t = useT()
  const locale = useLocale()
  return (
    <>
      <Chart
        label={t('predictions.tracking')}
        shape="lines"
        at={points.map(({ day }) => ({ key: day, label: dayText(locale, day) }))}
        series={[
          { key: 'actual', label: t('predictions.came'), values: points.map(({ actual }) => actual) },
          { key: 'expected', label: t('predictions.foretold'), values: points.map(({ expected }) => expected) },
        ]}
        format={(count) => countText(locale, count)}
        axis={(count) => shortText(locale, count)}
      />
      <p className="soft">{t('predictions.tracking_means', { day: dayText(locale, cutoff) })}</p>
    </>
  )
}
