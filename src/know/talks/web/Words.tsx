import { Input } from 'antd'
import { useId } from 'react'

/** A few lines of text under their name. */
export function Words(props: {
  label: string
  value: string
  onChange: (words: string) => void
  most?: number
  focus?: boolean
}) {
  const id = useId()
  return (
    <div className="words">
      <label htmlFor={id}>{props.label}</label>
      <Input.TextArea
        id={id}
        value={props.value}
        maxLength={props.most ?? 2000}
        autoSize={{ minRows: 2, maxRows: 8 }}
        autoFocus={props.focus}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </div>
  )
}
