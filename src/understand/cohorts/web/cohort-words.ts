import { useLocale, useT } from '#web/i18n.ts'
import { dayText } from '#web/kit/formats.ts'
import type { CohortBy, CohortCell, CohortRow, CohortWhat } from '../contract.ts'

/** What a row is called. */
export function useRowName(by: CohortBy): (row: CohortRow) => string {
  const t = useT()
  const locale = useLocale()
  return ({ key, name }) => {
    if (key === 'all') return t('cohorts.all')
    if (by === 'month') return dayText(locale, `${key}-01`, 'month')
    return name ?? t('arrivals.no_way')
  }
}

/** The number and the share of a cell. */
export function told(cell: CohortCell, what: CohortWhat): { people: number; share: number | null } {
  return what === 'again'
    ? { people: cell.boughtAgain, share: cell.repurchaseWithin }
    : { people: cell.cameBack, share: cell.retention }
}

/** The month of the first purchase itself tells who bought twice in it; that all of them bought in it is no news. */
export function isTold({ after }: { after: number }, what: CohortWhat): boolean {
  return what === 'again' || after > 0
}
