import { useLocale, useT } from '#web/i18n.ts'
import { Chart } from '#web/kit/Chart.tsx'
import { countText, shareText } from '#web/kit/formats.ts'
import type { Cohorts, CohortWhat } from '../contract.ts'
import { isTold, told, useRowName } from './cohort-words.ts'

/** The curves: of all, and of the largest rows; of months the last ones that have a curve to show. */
export function CohortChart({ cohorts, what }: { cohorts: Cohorts; what: CohortWhat }) {
  const t = useT()
  const locale = useLocale()
  const nameOf = useRowName(cohorts.by)
  const drawn = cohorts.by === 'month' ? [] : cohorts.rows.slice(0, 4)
  const places = cohorts.all.cells.filter((cell) => isTold(cell, what))
  if (places.length < 2) return null
  return (
    <Chart
      label={t('cohorts.by_months_after')}
      shape="lines"
      at={places.map(({ after }) => ({ key: String(after), label: t('cohorts.after', { after }) }))}
      series={[cohorts.all, ...drawn].map((row) => ({
        key: row.key,
        label: nameOf(row),
        values: places.map(({ after }) => {
          const cell = row.cells.find((one) => one.after === after)
          return cell ? told(cell, what).share : null
        }),
      }))}
      format={(share) => shareText(locale, share)}
      axis={(share) => (share === 0 ? countText(locale, 0) : shareText(locale, share, 0))}
      height={220}
    />
  )
}
