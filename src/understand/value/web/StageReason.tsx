import type { StageReason as Reason } from '#understand/lifecycle/contract.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { dayText } from '#web/kit/formats.ts'

/** Why this stage: the last purchase, the days since, the limits, and what comes next. */
export function StageReason({ reason }: { reason: Reason }) {
  const t = useT()
  const locale = useLocale()
  const { stage, lastPurchaseDay, firstPurchaseDay, daysSince, thresholds, nextStage, nextDay, isNew } = reason
  if (stage === 'never' || !lastPurchaseDay) return <p>{t('value.why_never')}</p>
  return (
    <>
      <p>{t('value.why_stage', { day: dayText(locale, lastPurchaseDay), days: daysSince ?? 0 })}</p>
      <p className="soft">{t('value.limits', thresholds)}</p>
      {isNew && firstPurchaseDay && (
        <p>{t('value.why_new', { day: dayText(locale, firstPurchaseDay), days: thresholds.active })}</p>
      )}
      {nextStage && nextDay && (
        <p>{t('value.next_stage', { stage: t(`web.stage.${nextStage}`), day: dayText(locale, nextDay) })}</p>
      )}
    </>
  )
}
