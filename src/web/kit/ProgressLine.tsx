import { useLocale, useT } from '../i18n.ts'
import { countText, durationText, shareText } from './formats.ts'

/**
 * Long work told in one line: what, how far, how fast, how long yet. Without `total` the end is not known.
 * @example <ProgressLine what={t('exchange.reading')} done={120000} total={541909} rate={38000} secondsLeft={11} />
 */
export function ProgressLine(props: {
  what: string
  done: number
  total?: number
  /** Things a second. */
  rate?: number
  secondsLeft?: number
}) {
  const t = useT()
  const locale = useLocale()
  const { done, total } = props
  const ratio = total ? Math.min(1, done / total) : undefined
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
        <span>
          {total === undefined
            ? countText(locale, done)
            : t('web.done_of', {
                done: countText(locale, done),
                total: countText(locale, total),
                share: shareText(locale, ratio ?? 0, 0),
              })}
        </span>
        {props.rate ? <span>{t('web.rate', { rate: countText(locale, Math.round(props.rate)) })}</span> : null}
        {props.secondsLeft !== undefined && (
          <span>{t('web.time_left', { time: durationText(locale, props.secondsLeft) })}</span>
        )}
      </p>
    </div>
  )
}
