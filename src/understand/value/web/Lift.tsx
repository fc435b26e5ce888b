import { useLocale, useT } from '#web/i18n.ts'
import { moneyText } from '#web/kit/formats.ts'
import { useMerchant } from '#web/session.ts'
import type { ValueClass } from '../contract.ts'

type Of = {
  valueClass: ValueClass | null
  valueReason: { toHighFrequency: number | null; toHighMonetary: number | null }
}

/** What would lift a customer a class, as a sentence with numbers; nothing for who stands at the top or in no class. */
export function Lift({ standing: { valueClass, valueReason } }: { standing: Of }) {
  const t = useT()
  const locale = useLocale()
  const currency = useMerchant()?.currency ?? 'CNY'
  const purchases = valueReason.toHighFrequency ?? 0
  const missing = valueReason.toHighMonetary ?? 0
  if (!valueClass || (purchases <= 0 && missing <= 0)) return null
  const money = moneyText(locale, currency, missing, true)
  const name = (one: ValueClass) => t(`web.value.${one}`)
  if (missing <= 0) return <p>{t('value.lift_often', { purchases, name: name('retain') })}</p>
  if (purchases <= 0) return <p>{t('value.lift_money', { money, name: name('retain') })}</p>
  return (
    <p>
      {t('value.lift_either', { purchases, money, often: name('loyal'), much: name('develop'), both: name('retain') })}
    </p>
  )
}
