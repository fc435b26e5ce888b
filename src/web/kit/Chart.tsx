import { lazy, Suspense, useState } from 'react'
import { useT } from '../i18n.ts'
import { ChartTable } from './ChartTable.tsx'
import type { ChartProps } from './chart.ts'
import { usePhone } from './phone.ts'
import { QuietButton } from './QuietButton.tsx'

const ChartCanvas = lazy(() => import('./ChartCanvas.tsx').then(({ ChartCanvas }) => ({ default: ChartCanvas })))

/**
 * A chart with its table behind it. Axes begin at nothing; lines are named where they end.
 * @example
 * <Chart label={t('metrics.revenue_by_month')} shape="bars" at={months.map(({ month }) => ({ key: month, label: … }))}
 *   series={[{ key: 'revenue', label: t('metrics.revenue'), values: months.map(({ revenue }) => revenue) }]}
 *   format={(minor) => moneyText(locale, currency, minor)} onPick={(month) => open(month)} />
 */
export function Chart(props: ChartProps) {
  const { label, shape, series, height = 260 } = props
  const t = useT()
  const [asTable, setAsTable] = useState(false)
  const named = !usePhone() && shape === 'lines' && series.length > 1
  const empty = series.every(({ values }) => values.every((value) => !value))
  return (
    <figure className="chart">
      <figcaption>
        <h3>{label}</h3>
        <QuietButton icon={asTable ? 'chart' : 'table'} onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'web.chart_as_chart' : 'web.chart_as_table')}
        </QuietButton>
      </figcaption>
      {!asTable && !named && !empty && series.length > 1 && (
        <ul className="chart-legend">
          {series.map(({ key, label: name, colour }, index) => (
            <li key={key}>
              <span style={{ background: colour ?? seriesColours[index % seriesColours.length] }} />
              {name}
            </li>
          ))}
        </ul>
      )}
      {!asTable && empty && <p className="soft">{t('web.chart_nothing')}</p>}
      {asTable ? (
        <ChartTable {...props} />
      ) : empty ? null : (
        <div className="chart-canvas" style={{ height }}>
          <Suspense>
            <ChartCanvas
              {...props}
              named={named}
              height={height}
              colours={series.map((one, index) => one.colour ?? seriesColours[index % seriesColours.length]!)}
            />
          </Suspense>
        </div>
      )}
    </figure>
  )
}

/** Colours of series that have none of their own, told apart also without seeing red or green. */
const seriesColours = [
  'var(--accent)',
  'var(--stage-sleeping)',
  'var(--stage-new)',
  'var(--stage-silent)',
  'var(--stage-lost)',
]
