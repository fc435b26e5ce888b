import { Input } from 'antd'
import { useState } from 'react'

/** A text that counts when it is left, not with every letter; one that does not fit is marked and does not count. */
export function CommittedText(props: {
  id?: string
  /** For a screen reader, where no label stands beside it. */
  label?: string
  value: string
  most: number
  decimal?: boolean
  fits: (text: string) => boolean
  onCommit: (text: string) => void
}) {
  const [draft, setDraft] = useState<string>()
  const text = (draft ?? props.value).trim()
  const wrong = draft !== undefined && !props.fits(text)
  const leave = () => {
    if (draft === undefined || wrong) return
    setDraft(undefined)
    if (text !== props.value) props.onCommit(text)
  }
  return (
    <Input
      id={props.id}
      aria-label={props.label}
      aria-invalid={wrong || undefined}
      status={wrong ? 'error' : undefined}
      value={draft ?? props.value}
      maxLength={props.most}
      inputMode={props.decimal ? 'decimal' : undefined}
      autoComplete="off"
      onChange={({ target }) => setDraft(target.value)}
      onBlur={leave}
      onPressEnter={leave}
    />
  )
}
