import { useT } from '../i18n.ts'

/** The four value classes: money above or below the shop's middle, loyalty (recency and frequency) above or below. */
export const valueClasses = ['develop', 'retain', 'loyal', 'ordinary'] as const
export type ValueClass = (typeof valueClasses)[number]

const corners: Record<ValueClass, [number, number]> = {
  develop: [6.5, 0],
  retain: [0, 0],
  loyal: [6.5, 6.5],
  ordinary: [0, 6.5],
}

/** A value class by its corner of a square of four, and its word. @example <ValueMark value="retain" /> */
export function ValueMark({ value }: { value: ValueClass }) {
  const t = useT()
  const [x, y] = corners[value]
  return (
    <span className="mark">
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d="M0.5 0.5h11v11h-11ZM6 0.5v11M0.5 6h11" fill="none" stroke="var(--edge)" />
        <rect x={x} y={y} width="5.5" height="5.5" fill="var(--accent)" />
      </svg>
      {t(`web.value.${value}`)}
    </span>
  )
}
