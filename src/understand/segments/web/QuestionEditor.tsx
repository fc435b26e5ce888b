import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Condition } from '#understand/query/contract.ts'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Group } from './Group.tsx'
import { isWhole } from './is-whole.ts'
import { QuestionWriting } from './QuestionWriting.tsx'
import { segments } from './segments-api.ts'
import { useLater } from './use-later.ts'

type Asked = { question: Condition } | { text: string; cursor: number }

/**
 * A question chosen, written and told: whichever is changed, the others follow. The server reads it; what was asked before the last
 * change is let go. A text that is not understood changes nothing but itself.
 */
export function QuestionEditor(props: {
  question: Condition
  onChange: (question: Condition) => void
  onUnderstood: (understood: boolean) => void
  disabled?: boolean
}) {
  const { question, onChange, onUnderstood, disabled } = props
  const t = useT()
  const [asked, setAsked] = useState<Asked>({ question })
  const [text, setText] = useState<string>()
  const later = useLater(asked, 'text' in asked ? 200 : 0)
  const reading = useQuery(
    segments.query.read.queryOptions({
      input: later,
      placeholderData: (before) => before,
      // What is chosen half is not read yet.
      enabled: 'text' in later || isWhole(later.question),
    }),
  )
  const fresh = !reading.isPlaceholderData && later === asked ? reading.data : undefined
  const taken = useRef<unknown>(undefined)

  useEffect(() => {
    if (!fresh || taken.current === fresh) return
    taken.current = fresh
    onUnderstood(!fresh.fault)
    if ('question' in asked) setText(fresh.text)
    else if (fresh.question) onChange(fresh.question as Condition)
  }, [fresh, asked, onChange, onUnderstood])

  const choose = (next: Condition) => {
    onChange(next)
    setAsked({ question: next })
  }
  return (
    <section className="panel question" aria-labelledby="question">
      <h2 id="question">{t('segments.question')}</h2>
      <p className="question-sentence" aria-live="polite">
        {reading.data?.sentence}
      </p>
      <div className="question-forms">
        <Group of={question} onChange={choose} disabled={disabled} top />
        <QuestionWriting
          text={text ?? ''}
          reading={'text' in asked ? fresh : undefined}
          disabled={disabled}
          onWrite={(next, cursor) => {
            setText(next)
            setAsked({ text: next, cursor })
          }}
        />
      </div>
      <ErrorNote error={reading.error} />
    </section>
  )
}
