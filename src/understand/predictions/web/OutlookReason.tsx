import { useT } from '#web/i18n.ts'
import type { Outlook } from '../contract.ts'

/** On what a customer's outlook rests, or why there is none. */
export function OutlookReason({ outlook: { reason, modelFault, basis } }: { outlook: Outlook }) {
  const t = useT()
  const { purchaseDays, daysSince, gap, longest, alike } = basis
  return (
    <>
      <p>{t(`predictions.why.${reason}`, { people: alike ?? 0 })}</p>
      {purchaseDays > 0 && <p>{t('predictions.basis', { purchases: purchaseDays, days: daysSince ?? 0 })}</p>}
      {gap !== null && longest !== null && purchaseDays > 4 && <p>{t('predictions.rhythm', { gap, longest })}</p>}
      {modelFault && <p className="soft">{t(`predictions.fault.${modelFault}`)}</p>}
    </>
  )
}
