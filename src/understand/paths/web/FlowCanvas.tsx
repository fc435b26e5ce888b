import { SankeyChart } from 'echarts/charts'
import { TooltipComponent } from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import type { Condition } from '#understand/query/contract.ts'
import { useMode } from '#web/kit/appearance.ts'

use([SankeyChart, TooltipComponent, SVGRenderer])

type Place = {
  key: string
  name: string
  depth: number
  kind: 'start' | 'deed' | 'bought' | 'rest'
  value: number
  whose: Condition
}
export type Flow = {
  places: Place[]
  links: { from: string; to: string; value: number; whose: Condition }[]
}

const colours = { start: '--ink', deed: '--stage-new', bought: '--accent', rest: '--edge' } as const

/** The drawing, made again when its data, its width, or light and dark change. Its words stand below it on the page. */
export function FlowCanvas(props: {
  flow: Flow
  label: string
  format: (visits: number) => string
  onPick: (whose: Condition) => void
}) {
  const { flow, label, format, onPick } = props
  const mode = useMode()
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(undefined)
  const pick = useRef(onPick)
  pick.current = onPick

  useEffect(() => {
    const drawn = init(box.current, undefined, { renderer: 'svg' })
    chart.current = drawn
    const watch = new ResizeObserver(() => drawn.resize())
    watch.observe(box.current!)
    drawn.on('click', ({ data }) => {
      const whose = (data as { whose?: Condition }).whose
      if (whose) pick.current(whose)
    })
    return () => {
      watch.disconnect()
      drawn.dispose()
    }
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the mode changes what the variables resolve to
  useEffect(() => {
    chart.current?.setOption(flowOption(flow, format, box.current!), { notMerge: true })
  }, [flow, format, mode])

  return <div ref={box} role="img" aria-label={label} className="path-canvas" />
}

function flowOption({ places, links }: Flow, format: (visits: number) => string, box: HTMLElement) {
  const style = getComputedStyle(box)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const nameOf = new Map(places.map(({ key, name }) => [key, name]))
  return {
    // It would be drawn anew with each change of width.
    animation: false,
    textStyle: { fontFamily: style.fontFamily },
    tooltip: {
      confine: true,
      backgroundColor: colour('--raised'),
      borderColor: colour('--hairline'),
      textStyle: { color: colour('--ink'), fontFamily: style.fontFamily, fontSize: 13 },
      formatter: ({ data, value }: { data: { source?: string; target?: string; name?: string }; value: number }) => {
        const way = data.source
          ? `${nameOf.get(data.source)} → ${nameOf.get(data.target ?? '')}`
          : nameOf.get(data.name ?? '')
        // ECharts takes what is given for HTML; names of pages and categories were written by others.
        const line = document.createElement('span')
        line.textContent = `${way}: ${format(value)}`
        return line
      },
    },
    series: [
      {
        type: 'sankey',
        left: 0,
        right: 120,
        top: 8,
        bottom: 8,
        nodeWidth: 10,
        nodeGap: 14,
        draggable: false,
        cursor: 'pointer',
        emphasis: { focus: 'adjacency' },
        lineStyle: { color: 'source', opacity: 0.25, curveness: 0.5 },
        label: {
          color: colour('--ink'),
          fontFamily: style.fontFamily,
          fontSize: 12,
          width: 116,
          overflow: 'truncate',
          formatter: ({ name }: { name: string }) => nameOf.get(name) ?? '',
        },
        data: places.map(({ key, depth, kind, value, whose }) => ({
          name: key,
          depth,
          value,
          whose,
          itemStyle: { color: colour(colours[kind]), borderWidth: 0 },
        })),
        links: links.map(({ from, to, value, whose }) => ({ source: from, target: to, value, whose })),
      },
    ],
  }
}
