import { useT } from '#web/i18n.ts'
import { DayText } from '#web/kit/values.tsx'
import type { Pick } from '../contract.ts'

/** What staff decided, why, who and up to when. `listed`: in a list that says what. */
export function PickWords({ of, listed }: { of: Pick; listed?: boolean }) {
  const t = useT()
  return (
    <span className="pick-words">
      {!listed && <strong>{t(`segments.picked.${of.how}`)} </strong>}
      {of.reason}
      <span className="soft">
        {of.actorName && ` · ${of.actorName}`}
        {of.until && (
          <>
            {' · '}
            {t('segments.pick_ends')} <DayText day={of.until} />
          </>
        )}
      </span>
    </span>
  )
}
