/** A line, or a set of bars, of a chart. */
export type ChartSeries = {
  key: string
  label: string
  /** One for each place of `at`; null where nothing is known. */
  values: readonly (number | null)[]
  /** A CSS colour: `stageColour('lost')`. */
  colour?: string
}

export type ChartProps = {
  /** What is shown, as its heading and for a screen reader. */
  label: string
  shape: 'lines' | 'bars' | 'stack'
  /** The places along the bottom, in order. */
  at: readonly { key: string; label: string }[]
  /** At most five; more are a table. */
  series: readonly ChartSeries[]
  /** A value in words: money, a count, a share. */
  format: (value: number) => string
  /** A value on the axis, short. */
  axis?: (value: number) => string
  /** Opens the people behind a point; `at` and `series` are keys. */
  onPick?: (at: string, series: string) => void
  height?: number
}

/** What the drawing is told besides: a colour for each series, and whether lines are named where they end. */
export type ChartDrawing = ChartProps & { colours: readonly string[]; named: boolean }
