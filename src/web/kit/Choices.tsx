import { useId } from 'react'

/**
 * One of a few, all in sight. `wraps` where there may be more than a phone's line holds.
 * @example <Choices label={t('talks.how')} value={kind} options={kinds.map((kind) => ({ value: kind, label: … }))} onPick={setKind} />
 */
export function Choices<T extends string>(props: {
  label: string
  value: T
  options: { value: T; label: string; lang?: string }[]
  onPick: (value: T) => void
  wraps?: boolean
}) {
  const name = useId()
  return (
    <fieldset className={props.wraps ? 'choices wraps' : 'choices'}>
      <legend>{props.label}</legend>
      <div>
        {props.options.map((option) => (
          <label key={option.value} lang={option.lang}>
            <input
              type="radio"
              name={name}
              checked={option.value === props.value}
              onChange={() => props.onPick(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
