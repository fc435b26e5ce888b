import { useLocale, useT } from '#web/i18n.ts'
import { moneyText, shareText } from '#web/kit/formats.ts'
import { useMerchant } from '#web/session.ts'
import type { Drift, HabitValue } from '../contract.ts'

/** A drift as a sentence, and what one may do about it. */
export function useDriftWords(): (of: Drift) => { what: string; respond: string } {
  const t = useT()
  const locale = useLocale()
  const currency = useMerchant()?.currency ?? 'CNY'
  return ({ habit, before, after }) => {
    const said = ({ name, value }: HabitValue) => {
      if (habit === 'price') return moneyText(locale, currency, value, true)
      if (habit === 'discount') return shareText(locale, value, 0)
      return habit === 'hour' ? t(`habits.part.${name}`) : (name ?? '–')
    }
    const way = after.value > before.value ? 'more' : 'less'
    const kind = habit === 'price' || habit === 'discount' ? `${habit}_${way}` : habit
    return {
      what: t(`habits.drift.${habit}`, { before: said(before), after: said(after) }),
      respond: t(`habits.respond.${kind}`, { before: said(before), after: said(after) }),
    }
  }
}
