import { useT } from '#web/i18n.ts'
import type { PathPlaceSums } from '../contract.ts'

/** What a place of a step is called. */
export function usePlaceWords(back: boolean): (place: Pick<PathPlaceSums, 'did' | 'of'>) => string {
  const t = useT()
  return ({ did, of }) => {
    if (did === null) return t('paths.other')
    const what = did === 'nothing' ? t(back ? 'paths.came' : 'paths.left') : t(`query.event.${did}`)
    return of === null ? what : t('paths.place', { what, of })
  }
}
