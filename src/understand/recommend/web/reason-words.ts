import { useT } from '#web/i18n.ts'
import type { ShownReason } from '../contract.ts'
import { productName } from './ProductLink.tsx'

/** Why a product is next, in a few words: a hook that gives them. */
export function useReasonWords(): (reason: ShownReason) => string {
  const t = useT()
  return (reason) => {
    switch (reason.is) {
      case 'runs_out':
        return t('recommend.reason.runs_out', { every: reason.every, days: reason.days })
      case 'related':
      case 'alike':
        return t(`recommend.reason.${reason.is}`, { product: productName(reason.product) })
      default:
        return t(`recommend.reason.${reason.is}`, { days: reason.days, times: reason.times })
    }
  }
}
