import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useMode } from './appearance.ts'
import type { ChartDrawing } from './chart.ts'
import { chartOption } from './chart-option.ts'

use([LineChart, BarChart, GridComponent, TooltipComponent, SVGRenderer])

/** The drawing of a chart, redrawn when its data, its width, or light and dark change. */
export function ChartCanvas(props: ChartDrawing & { height: number }) {
  const { label, at, series, format, onPick } = props
  const mode = useMode()
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(undefined)

  useEffect(() => {
    const drawn = init(box.current, undefined, { renderer: 'svg' })
    chart.current = drawn
    const watch = new ResizeObserver(() => drawn.resize())
    watch.observe(box.current!)
    return () => {
      watch.disconnect()
      drawn.dispose()
    }
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the mode changes what the variables resolve to
  useEffect(() => {
    chart.current?.setOption(chartOption(props, box.current!), { notMerge: true })
  }, [props, mode])

  useEffect(() => {
    const drawn = chart.current
    if (!drawn || !onPick) return
    drawn.on('click', ({ dataIndex, seriesIndex }) => {
      const place = at[dataIndex as number]
      const one = series[seriesIndex as number]
      if (place && one) onPick(place.key, one.key)
    })
    return () => {
      drawn.off('click')
    }
  }, [at, series, onPick])

  const said = series.map(({ label: name, values }) => {
    const last = values.findLast((value) => value !== null)
    return `${name}: ${last === undefined || last === null ? '—' : format(last)}`
  })
  const describe = `${label}. ${at[0]?.label ?? ''} – ${at.at(-1)?.label ?? ''}. ${said.join('; ')}`
  return <div ref={box} role="img" aria-label={describe} style={{ width: '100%', height: props.height }} />
}
