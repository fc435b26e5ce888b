import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFieldWords } from '#know/customers/web/people.ts'
import { useColleagues } from '#know/staff/web/people.ts'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { DayText } from '#web/kit/values.tsx'
import { useMay, useSession } from '#web/session.ts'
import type { PromiseRow } from '../contract.ts'
import { QuickDay } from './QuickDay.tsx'
import { usePromiseChange } from './use-talk-calls.ts'

/** One thing owed: by when, by whom, and what one does with it. `children` say for whom, where that is not the page. */
export function PromiseLine({
  promise,
  today,
  children,
}: {
  promise: PromiseRow
  today: string
  children?: React.ReactNode
}) {
  const t = useT()
  const mayEdit = useMay()('customers.edit')
  const me = useSession().staff.id
  const { label } = useFieldWords()
  const { nameOf } = useColleagues()
  const [moving, setMoving] = useState(false)
  const change = usePromiseChange()
  const late = promise.dueOn < today
  return (
    <li className="promise">
      <div>
        {children}
        <span>{promiseWords(t, label, promise)}</span>
        <span className={late ? 'late' : 'soft'}>
          {late && `${t('talks.late')} · `}
          {promise.dueOn === today ? t('talks.due_today') : <DayText day={promise.dueOn} />}
          {promise.staffId !== null && promise.staffId !== me && ` · ${nameOf(promise.staffId) ?? ''}`}
        </span>
      </div>
      {mayEdit && (
        <div className="note-actions">
          <QuietButton
            icon="check"
            disabled={change.isPending}
            onClick={() => change.mutate({ of: promise, do: 'keep' })}
          >
            {t(promise.kind === 'confirm' ? 'talks.still_right' : 'talks.done')}
          </QuietButton>
          {promise.kind === 'confirm' && promise.customerId !== null && (
            <Link className="quiet-link" to={`/customers/${promise.customerId}`} hash="profile">
              {t('talks.say_anew')}
            </Link>
          )}
          <QuietButton aria-expanded={moving} onClick={() => setMoving(!moving)}>
            {t('talks.later')}
          </QuietButton>
          <QuietButton disabled={change.isPending} onClick={() => change.mutate({ of: promise, do: 'drop' })}>
            {t('talks.let_go')}
          </QuietButton>
        </div>
      )}
      {moving && (
        <QuickDay
          label={t('talks.later')}
          today={today}
          value={undefined}
          onChange={(dueOn) => {
            setMoving(false)
            if (dueOn) change.mutate({ of: promise, do: 'move', dueOn })
          }}
        />
      )}
      <ErrorNote error={change.error} />
    </li>
  )
}

/** What is owed, in words. */
function promiseWords(
  t: ReturnType<typeof useT>,
  label: (field: string) => string,
  { kind, what }: PromiseRow,
): string {
  if (kind === 'talk') return what ? t('talks.talk_about', { what }) : t('talks.talk_again')
  if (kind === 'confirm') return t('talks.confirm', { field: label(what ?? '') })
  return what ?? t('talks.promise')
}
