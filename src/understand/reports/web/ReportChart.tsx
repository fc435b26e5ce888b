import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { people } from '#understand/query/web/people.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { Chart } from '#web/kit/Chart.tsx'
import { Choices } from '#web/kit/Choices.tsx'
import { dayText } from '#web/kit/formats.ts'
import type { Answer } from '../contract.ts'
import { useNumberWords } from './number-words.ts'
import { useRowWords } from './row-words.ts'

/** Places that a chart has room for, where they are no days. */
const mostBars = 12

/** One number of a report drawn by its rows, beside what it is compared with. A bar opens its people. */
export function ReportChart({ answer, brief }: { answer: Answer; brief?: boolean }) {
  const t = useT()
  const locale = useLocale()
  const navigate = useNavigate()
  const nameOf = useRowWords(answer)
  const words = useNumberWords(answer.currency)
  const [picked, setPicked] = useState(0)
  const at = Math.min(picked, answer.metrics.length - 1)
  const metric = answer.metrics[at]!
  const inTime = answer.rows.some(({ from }) => from)
  const rows = inTime ? answer.rows : answer.rows.slice(0, mostBars)
  const format = words(metric.unit)
  const open = (key: string) => {
    const behind = rows.find((row) => row.key === key)?.cells[at]?.people
    if (behind) void navigate(people(behind, answer.asOf) as never)
  }
  if (rows.length < 2) return null
  return (
    <>
      {answer.metrics.length > 1 && !brief && (
        <Choices
          wraps
          label={t('reports.metrics')}
          value={String(at)}
          options={answer.metrics.map(({ key }, place) => ({ value: String(place), label: t(`metrics.${key}`) }))}
          onPick={(place) => setPicked(Number(place))}
        />
      )}
      <Chart
        label={t(`metrics.${metric.key}`)}
        shape={inTime && (metric.unit === 'rate' || rows.length > 40) ? 'lines' : 'bars'}
        at={rows.map((row) => ({ key: row.key, label: nameOf(row) }))}
        series={[
          { key: 'now', label: span(locale, answer.period), values: rows.map(({ cells }) => cells[at]!.value) },
          ...(answer.before
            ? [
                {
                  key: 'before',
                  label: span(locale, answer.before),
                  values: rows.map(({ cells }) => cells[at]!.before),
                  colour: 'var(--soft)',
                },
              ]
            : []),
        ]}
        format={format.full}
        axis={format.axis}
        onPick={open}
      />
    </>
  )
}

function span(locale: Parameters<typeof dayText>[0], { from, to }: { from: string; to: string }): string {
  return `${dayText(locale, from)} – ${dayText(locale, to)}`
}
