import { useT } from '#web/i18n.ts'
import { InstantText } from '#web/kit/values.tsx'
import type { ReasonShown } from '../contract.ts'

/** Why something may be sent or not: what decides first, then all else that speaks. */
export function Reasons({ of }: { of: readonly ReasonShown[] }) {
  const t = useT()
  return (
    <ul className="consent-reasons">
      {of.map(({ code, at, until, way, actorName, why, left }) => (
        <li key={`${code} ${why}`}>
          {why ? t(`consent.suppressed.${why}`) : t(`consent.why.${code}`, { left: left ?? 0 })}
          {(at || until) && (
            <span className="soft">
              {at && (
                <>
                  {' '}
                  <InstantText at={at} exact />
                </>
              )}
              {way && ` · ${actorName ?? t(`consent.way.${way}`)}`}
              {until && (
                <>
                  {' '}
                  {t('consent.until')} <InstantText at={until} exact />
                </>
              )}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
