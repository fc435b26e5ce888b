import { useT } from '#web/i18n.ts'
import { DayField } from '#web/kit/DayField.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'

const soon = [1, 7, 30] as const

/** A day ahead by one tap, or any other. */
export function QuickDay(props: {
  label: string
  today: string
  value: string | undefined
  onChange: (day: string | undefined) => void
}) {
  const t = useT()
  return (
    <fieldset className="quick-day">
      <legend>{props.label}</legend>
      {soon.map((days) => {
        const day = daysOn(props.today, days)
        const chosen = props.value === day
        return (
          <QuietButton key={days} aria-pressed={chosen} onClick={() => props.onChange(chosen ? undefined : day)}>
            {t(`talks.in_${days}`)}
          </QuietButton>
        )
      })}
      <DayField label={props.label} value={props.value} min={props.today} onChange={props.onChange} />
    </fieldset>
  )
}

/** The day `count` days on. */
export function daysOn(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10)
}
