import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useLocale } from '../i18n.ts'
import { countText, shareText } from './formats.ts'

export type SharePart = {
  key: string
  label: ReactNode
  value: number
  /** A CSS colour: `stageColour('silent')`. */
  colour: string
  to?: string
  search?: Record<string, string>
}

/**
 * How a whole is divided: one bar, and under it each part with its number, share and people.
 * @example <Shares parts={stages.map((stage) => ({ key: stage, label: <StageMark stage={stage} />, colour: stageColour(stage), … }))} />
 */
export function Shares({ parts }: { parts: readonly SharePart[] }) {
  const locale = useLocale()
  const whole = parts.reduce((sum, part) => sum + part.value, 0)
  return (
    <div className="shares">
      <div className="shares-bar" aria-hidden="true">
        {parts
          .filter((part) => part.value > 0)
          .map((part) => (
            <div key={part.key} style={{ flexGrow: part.value, background: part.colour, minWidth: 2 }} />
          ))}
      </div>
      <ul className="shares-list">
        {parts.map((part) => {
          const told = (
            <>
              {part.label}
              <strong className="number">{countText(locale, part.value)}</strong>
              <span className="soft">{shareText(locale, whole ? part.value / whole : 0)}</span>
            </>
          )
          return (
            <li key={part.key}>
              {part.to ? (
                <Link to={part.to} search={part.search as never}>
                  {told}
                </Link>
              ) : (
                <div className="share">{told}</div>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
