import type { ChartDrawing } from './chart.ts'

/** The drawing in the words of ECharts: hairlines, ink, no decoration. Colours are resolved from the variables of the page. */
export function chartOption(props: ChartDrawing, box: HTMLElement) {
  const { shape, at, series, format, axis = format, named } = props
  const style = getComputedStyle(box)
  const colour = (css: string) => {
    const name = /^var\((--[\w-]+)\)$/.exec(css)?.[1]
    return name ? style.getPropertyValue(name).trim() : css
  }
  const ink = colour('var(--ink)')
  const soft = colour('var(--soft)')
  const hairline = colour('var(--hairline)')
  const font = { color: soft, fontFamily: style.fontFamily, fontSize: 12 }
  const few = shape === 'bars' && series.length === 1 && at.length <= 12 && box.clientWidth / at.length > 56

  return {
    animationDuration: 160,
    textStyle: { fontFamily: style.fontFamily },
    grid: {
      left: 0,
      right: named ? endWidth(series.map((one) => one.label)) : 8,
      top: 20,
      // The tails of letters hang below what is measured of a label.
      bottom: 6,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: colour('var(--raised)'),
      borderColor: hairline,
      padding: [8, 12],
      textStyle: { color: ink, fontFamily: style.fontFamily, fontSize: 13 },
      axisPointer: {
        type: shape === 'lines' ? 'line' : 'shadow',
        lineStyle: { color: soft },
        shadowStyle: { color: 'rgba(120,130,110,0.10)' },
      },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? format(value) : '—'),
    },
    xAxis: {
      type: 'category',
      data: at.map(({ label }) => label),
      boundaryGap: shape !== 'lines',
      axisLine: { lineStyle: { color: soft } },
      axisTick: { show: false },
      axisLabel: { ...font, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      splitNumber: 3,
      // No ticks between whole things: people, orders, minor units.
      minInterval: series.every((one) => one.values.every((value) => Number.isInteger(value ?? 0))) ? 1 : undefined,
      splitLine: { lineStyle: { color: hairline } },
      axisLabel: { ...font, formatter: (value: number) => axis(value), show: !few },
    },
    series: series.map(({ label, values }, index) => {
      const own = colour(props.colours[index]!)
      const shared = {
        name: label,
        data: [...values],
        itemStyle: { color: own },
        cursor: props.onPick ? 'pointer' : 'default',
      }
      if (shape === 'lines') {
        return {
          ...shared,
          type: 'line',
          symbol: 'circle',
          symbolSize: 6,
          showSymbol: at.length <= 2,
          lineStyle: { width: 2, color: own },
          endLabel: {
            show: named,
            formatter: label,
            color: own,
            fontFamily: style.fontFamily,
            fontSize: 13,
            distance: 8,
          },
          labelLayout: { moveOverlap: 'shiftY' },
        }
      }
      const onTop = {
        show: few,
        position: 'top',
        ...font,
        color: ink,
        formatter: ({ value }: { value: number }) => axis(value),
      }
      return {
        ...shared,
        type: 'bar',
        stack: shape === 'stack' ? 'all' : undefined,
        barMaxWidth: 40,
        barCategoryGap: '30%',
        label: shape === 'bars' ? onTop : undefined,
      }
    }),
  }
}

/** The room that names at the lines' ends need; a Han character is about twice as wide as a Latin one. */
function endWidth(names: readonly string[]): number {
  const widths = names.map((name) => [...name].reduce((sum, letter) => sum + (letter > '\u2e80' ? 13 : 7.5), 0))
  return Math.max(...widths) + 16
}
