import { Input } from 'antd'
import { type KeyboardEvent, useId, useRef } from 'react'
import { useT } from '#web/i18n.ts'

type Reading = {
  fault?: { offset: number; length: number; message: string }
  completion?: { offset: number; length: number; items: { text: string; kind: string }[] }
}

/** The text of a question: what could stand at the cursor is offered below, a mistake is shown at its word. */
export function QuestionWriting(props: {
  text: string
  /** What the server said of this very text. */
  reading?: Reading
  disabled?: boolean
  onWrite: (text: string, cursor: number) => void
}) {
  const { text, reading, onWrite } = props
  const t = useT()
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const field = () => box.current?.querySelector('textarea')
  const { fault, completion } = reading ?? {}

  function take(word: string) {
    if (!completion) return
    const { offset, length } = completion
    const rest = text.slice(offset + length)
    const begun = `${text.slice(0, offset)}${word}${rest.startsWith(' ') ? '' : ' '}`
    onWrite(begun + rest, begun.length)
    const input = field()
    input?.focus()
    requestAnimationFrame(() => input?.setSelectionRange(begun.length, begun.length))
  }

  function toOffers(event: KeyboardEvent) {
    if (event.key !== 'ArrowDown' || event.nativeEvent.isComposing || !completion?.items.length) return
    const input = field()
    // Only from the last line: above it the key moves the cursor.
    if (input && text.slice(input.selectionStart).includes('\n')) return
    event.preventDefault()
    box.current?.querySelector<HTMLButtonElement>('.question-offers button')?.focus()
  }

  return (
    <div className="question-writing" ref={box}>
      <label htmlFor={id}>{t('segments.as_text')}</label>
      <Input.TextArea
        id={id}
        value={text}
        disabled={props.disabled}
        spellCheck={false}
        autoSize={{ minRows: 3, maxRows: 12 }}
        maxLength={20_000}
        status={fault ? 'error' : undefined}
        aria-describedby={`${id}-fault`}
        onKeyDown={toOffers}
        onChange={({ target }) => onWrite(target.value, target.selectionStart)}
      />
      <div id={`${id}-fault`} role="status">
        {fault && (
          <p className="question-fault">
            <code>
              {text.slice(Math.max(0, fault.offset - 24), fault.offset)}
              <mark>{text.slice(fault.offset, fault.offset + fault.length) || '␣'}</mark>
            </code>{' '}
            {fault.message}
          </p>
        )}
      </div>
      {completion && completion.items.length > 0 && (
        <ul className="question-offers" aria-label={t('segments.offers')}>
          {completion.items.slice(0, 12).map((item) => (
            <li key={item.text}>
              <button type="button" className="quiet" onClick={() => take(item.text)}>
                {item.text}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
