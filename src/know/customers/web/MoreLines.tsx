import { Form, Input } from 'antd'
import { QuietButton } from '#web/kit/QuietButton.tsx'

/** One line, and more of them on demand: phones, e-mail addresses. At most 10. */
export function MoreLines(props: { name: string; label: string; more: string; mode: 'tel' | 'email' }) {
  return (
    <Form.List name={props.name}>
      {(lines, { add }) => (
        <div>
          {lines.map((line, at) => (
            <Form.Item
              key={line.key}
              name={line.name}
              label={at === 0 ? props.label : <span className="sr-only">{`${props.label} ${at + 1}`}</span>}
            >
              <Input inputMode={props.mode} autoComplete="off" />
            </Form.Item>
          ))}
          {lines.length < 10 && (
            <QuietButton icon="add" className="more-lines" onClick={() => add('')}>
              {props.more}
            </QuietButton>
          )}
        </div>
      )}
    </Form.List>
  )
}
