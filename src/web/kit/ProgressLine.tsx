import { useLocale, useT } from '../i18n.ts'
import { countText, durationText, shareText } from './formats.ts'

/**
 * Long work told in one line: what, how far, how fast, how long yet. Without `total` and `share` the end is not known.
 * @example <ProgressLine what={t('exchange.reading')} done={120000} total={541909} rate={38000} secondsLeft={11} />
 */
export function ProgressLine(props: {
  what: string
  done?: number
  total?: number
  /** How far of the whole, 0 to 1, where that is not done of total. */
  share?: number
  /** Stands in the place of done of total: `12 MB of 40 MB`. */
  amount?: string
  /** Things a second. */
  rate?: number
  /** Stands in the place of things a second: `3 MB a second`. */
  pace?: string
  secondsLeft?: number
}) {
  const t = useT()
  const locale = useLocale()
  const ratio = props.share ?? (props.total ? Math.min(1, (props.done ?? 0) / props.total) : undefined)
  const pace = props.pace ?? (props.rate ? t('web.rate', { rate: countText(locale, Math.round(props.rate)) }) : '')
  return (
    <div className="progress">
      <div
        className={ratio === undefined ? 'progress-track unknown' : 'progress-track'}
        role="progressbar"
        aria-label={props.what}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={ratio === undefined ? undefined : Math.round(ratio * 100)}
      >
        <div style={{ width: `${(ratio ?? 0) * 100}%` }} />
      </div>
      <p className="progress-line">
        <strong>{props.what}</strong>
        <span>{props.amount ?? amountOf()}</span>
        {pace && <span>{pace}</span>}
        {props.secondsLeft !== undefined && (
          <span>{t('web.time_left', { time: durationText(locale, props.secondsLeft) })}</span>
        )}
      </p>
    </div>
  )

  function amountOf(): string {
    const { done, total } = props
    if (done === undefined) return ratio === undefined ? '' : shareText(locale, ratio, 0)
    if (total === undefined) return countText(locale, done)
    const share = shareText(locale, ratio ?? 0, 0)
    return t('web.done_of', { done: countText(locale, done), total: countText(locale, total), share })
  }
}
