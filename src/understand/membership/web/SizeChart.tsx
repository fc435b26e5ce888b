import { addDays } from '#platform/days.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { Chart } from '#web/kit/Chart.tsx'
import { countText, dayText, shortText } from '#web/kit/formats.ts'

type Day = { day: string; size: number; entered: number; left: number; anew: boolean }

/** Days that are shown: a quarter, or since it was first counted. */
const shown = 92

/** How many were in a segment at the end of each day; of days on which nothing moved, as many as before. */
export function SizeChart({ days, asOf }: { days: readonly Day[]; asOf: string }) {
  const t = useT()
  const locale = useLocale()
  const points = byDay(days, asOf)
  if (points.length < 2) return null
  const anew = days.filter((one) => one.anew && one.day >= points[0]!.day)
  return (
    <>
      <Chart
        label={t('membership.size_by_day')}
        shape="lines"
        height={180}
        at={points.map(({ day }) => ({ key: day, label: dayText(locale, day, 'short') }))}
        series={[{ key: 'size', label: t('membership.members'), values: points.map(({ size }) => size) }]}
        format={(count) => countText(locale, count)}
        axis={(count) => shortText(locale, count)}
      />
      {anew.length > 0 && (
        <p className="soft">
          {t('membership.anew', { days: anew.map(({ day }) => dayText(locale, day, 'short')).join(', ') })}
        </p>
      )}
    </>
  )
}

function byDay(days: readonly Day[], asOf: string): { day: string; size: number }[] {
  const first = days[0]?.day
  if (!first) return []
  const points: { day: string; size: number }[] = []
  let size = 0
  let at = 0
  for (let day = first; day <= asOf; day = addDays(day, 1)) {
    while (days[at] && days[at]!.day <= day) size = days[at++]!.size
    points.push({ day, size })
  }
  return points.slice(-shown)
}
