import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useLocale, useT } from '../i18n.ts'
import { Bubble } from './bubble.tsx'
import { shareText } from './formats.ts'

/** A change against an earlier time: `ratio` 0.12 is 12% more; `better` says which direction is good. */
export type Delta = { ratio: number | undefined; against: string; better?: 'more' | 'less' }

/**
 * A number that explains itself: a click on its name tells the definition, a click on the number opens the people.
 * Stands in `<Metrics>`.
 * @example
 * <Metric label={t('metrics.returning')} definition={t('metrics.returning_means')} value={<Count value={412} />}
 *   to="/customers" search={{ bought: 'twice' }} delta={{ ratio: 0.12, against: t('metrics.last_month') }} />
 */
export function Metric(props: {
  label: string
  definition: ReactNode
  value: ReactNode
  to?: string
  search?: Record<string, string>
  delta?: Delta
  note?: ReactNode
}) {
  return (
    <div className="metric">
      <dt>
        <Bubble className="defined" button={props.label}>
          <h3>{props.label}</h3>
          {props.definition}
        </Bubble>
      </dt>
      <dd>
        {props.to ? (
          <Link className="metric-value" to={props.to} search={props.search as never} aria-label={undefined}>
            {props.value}
          </Link>
        ) : (
          <span className="metric-value">{props.value}</span>
        )}
        {props.delta && <DeltaLine {...props.delta} />}
        {props.note && <p className="metric-note">{props.note}</p>}
      </dd>
    </div>
  )
}

/** A row of metrics between two hairlines. */
export function Metrics({ label, children }: { label: string; children: ReactNode }) {
  return (
    <dl className="metrics" aria-label={label}>
      {children}
    </dl>
  )
}

function DeltaLine({ ratio, against, better = 'more' }: Delta) {
  const t = useT()
  const locale = useLocale()
  if (ratio === undefined) return <p className="metric-note">{t('web.delta_none', { against })}</p>
  const way = ratio > 0.0005 ? 'more' : ratio < -0.0005 ? 'less' : 'same'
  const mood = way === 'same' ? '' : way === better ? 'better' : 'worse'
  return (
    <p className="metric-note">
      <span className={`delta ${mood}`}>{t(`web.delta_${way}`, { share: shareText(locale, Math.abs(ratio)) })}</span>{' '}
      {against}
    </p>
  )
}
