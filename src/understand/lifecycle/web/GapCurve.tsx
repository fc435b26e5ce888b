import { useQuery } from '@tanstack/react-query'
import { useLocale, useT } from '#web/i18n.ts'
import { Chart } from '#web/kit/Chart.tsx'
import { countText, shareText } from '#web/kit/formats.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { Why } from '#web/kit/Why.tsx'
import type { GapCurve as Curve, Goods, Thresholds } from '../contract.ts'
import { lifecycle } from './lifecycle-api.ts'

/** After how many days buyers come back, by this shop's own purchases, and the limits that this suggests. */
export function GapCurve({ of, onUse }: { of: Goods | undefined; onUse: (suggested: Thresholds) => void }) {
  const t = useT()
  const gaps = useQuery(lifecycle.query.gaps.queryOptions({ input: { of }, staleTime: 60_000 }))
  return (
    <section className="panel">
      <h2>
        {t('lifecycle.gaps')} <Why of={t('lifecycle.gaps')}>{t('lifecycle.gaps.definition')}</Why>
      </h2>
      <Loaded of={gaps} rows={4}>
        {(found) => <Drawn gaps={found} onUse={onUse} />}
      </Loaded>
    </section>
  )
}

function Drawn({ gaps, onUse }: { gaps: Curve; onUse: (suggested: Thresholds) => void }) {
  const t = useT()
  const locale = useLocale()
  const { points, quantiles, suggested } = gaps
  const behind = t('lifecycle.gaps_behind', { gaps: gaps.gaps, comers: gaps.comers, buyers: gaps.buyers })
  if (!quantiles || points.length < 2)
    return (
      <p className="soft">
        {behind} {t('lifecycle.gaps_few')}
      </p>
    )
  return (
    <>
      <p className="soft">{behind}</p>
      <Chart
        label={t('lifecycle.gaps_share')}
        shape="lines"
        height={220}
        at={points.map(({ days }) => ({ key: String(days), label: t('lifecycle.in_days', { days }) }))}
        series={[{ key: 'back', label: t('lifecycle.came_back'), values: points.map(({ share }) => share) }]}
        format={(share) => shareText(locale, share)}
        axis={(share) => shareText(locale, share, 0)}
      />
      <h3>{t('lifecycle.gaps_quantiles')}</h3>
      <ul className="gap-quantiles">
        {quantiles.map(({ share, days }) => (
          <li key={share}>
            <span className="soft">{shareText(locale, share, 0)}</span>{' '}
            <strong>{t('lifecycle.in_days', { days: countText(locale, days) })}</strong>
          </li>
        ))}
      </ul>
      {suggested ? (
        <p>
          {t('lifecycle.suggested', suggested)}{' '}
          <QuietButton onClick={() => onUse(suggested)}>{t('lifecycle.use_suggested')}</QuietButton>
        </p>
      ) : (
        <p className="soft">{t('lifecycle.suggest_few')}</p>
      )}
    </>
  )
}
