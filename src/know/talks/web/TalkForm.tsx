import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { Choices } from '#web/kit/Choices.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { type TalkKind, talkKinds } from '../contract.ts'
import { daysOn, QuickDay } from './QuickDay.tsx'
import { talks } from './talks-api.ts'
import { useTalksChanged } from './use-talk-calls.ts'
import { Words } from './Words.tsx'

/** A talk in seconds: how, what was said, and where there is more: the problem, what was promised, when next. */
export function TalkForm({ id, today, onDone }: { id: number; today: string; onDone: () => void }) {
  const t = useT()
  const changed = useTalksChanged()
  const [kind, setKind] = useState<TalkKind>('visit')
  const [said, setSaid] = useState('')
  const [problem, setProblem] = useState('')
  const [promised, setPromised] = useState('')
  const [dueOn, setDueOn] = useState<string>()
  const [nextOn, setNextOn] = useState<string>()
  const [more, setMore] = useState(false)
  const log = useMutation({
    mutationFn: () =>
      talks.call.log({
        id,
        kind,
        ...(said.trim() ? { said: said.trim() } : {}),
        ...(problem.trim() ? { problem: problem.trim() } : {}),
        ...(promised.trim() ? { promised: [{ what: promised.trim(), dueOn: dueOn ?? daysOn(today, 1) }] } : {}),
        ...(nextOn ? { nextOn } : {}),
      }),
    async onSuccess() {
      notify(t('talks.was_logged'))
      onDone()
      await changed()
    },
  })
  return (
    <form
      className="talk-form"
      onSubmit={(event) => {
        event.preventDefault()
        log.mutate()
      }}
    >
      <Choices
        wraps
        label={t('talks.how')}
        value={kind}
        options={talkKinds.map((one) => ({ value: one, label: t(`talks.kind.${one}`) }))}
        onPick={setKind}
      />
      <Words label={t('talks.said')} value={said} onChange={setSaid} focus />
      {more && (
        <>
          <Words label={t('talks.problem')} value={problem} onChange={setProblem} />
          <Words label={t('talks.promised')} value={promised} onChange={setPromised} most={300} />
          {promised.trim() && (
            <QuickDay label={t('talks.promised_by')} today={today} value={dueOn} onChange={setDueOn} />
          )}
        </>
      )}
      <QuickDay label={t('talks.next')} today={today} value={nextOn} onChange={setNextOn} />
      <ErrorNote error={log.error} />
      <div className="note-actions">
        <Button type="primary" htmlType="submit" loading={log.isPending}>
          {t('talks.save')}
        </Button>
        {!more && (
          <QuietButton icon="add" onClick={() => setMore(true)}>
            {t('talks.more')}
          </QuietButton>
        )}
        <QuietButton onClick={onDone}>{t('web.cancel')}</QuietButton>
      </div>
    </form>
  )
}
