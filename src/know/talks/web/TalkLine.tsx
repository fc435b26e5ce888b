import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { InstantText } from '#web/kit/values.tsx'
import { useMay } from '#web/session.ts'
import type { Talk } from '../contract.ts'
import { talks } from './talks-api.ts'
import { useTalksChanged } from './use-talk-calls.ts'
import { Words } from './Words.tsx'

/** A talk as it was told; a slip is told right where it stands. */
export function TalkLine({ talk }: { talk: Talk }) {
  const t = useT()
  const mayEdit = useMay()('customers.edit')
  const [righting, setRighting] = useState(false)
  return (
    <li className="talk">
      <p className="soft">
        {t(`talks.kind.${talk.kind}`)} · <InstantText at={talk.at} />
        {talk.actorName && ` · ${talk.actorName}`}
        {mayEdit && !righting && (
          <QuietButton aria-expanded={righting} onClick={() => setRighting(true)}>
            {t('talks.right')}
          </QuietButton>
        )}
      </p>
      {righting ? (
        <RightTalk talk={talk} onDone={() => setRighting(false)} />
      ) : (
        <>
          {talk.said && <p className="lines">{talk.said}</p>}
          {talk.problem && (
            <p className="lines">
              <strong>{t('talks.problem')}</strong> {talk.problem}
            </p>
          )}
          {talk.promises
            .filter((one) => one.kind === 'promise')
            .map((one) => (
              <p key={one.id}>
                <strong>{t('talks.promised')}</strong> {one.what}
                {one.closedAt && <span className="soft"> · {t(one.kept ? 'talks.is_kept' : 'talks.is_dropped')}</span>}
              </p>
            ))}
        </>
      )}
    </li>
  )
}

function RightTalk({ talk, onDone }: { talk: Talk; onDone: () => void }) {
  const t = useT()
  const changed = useTalksChanged()
  const [said, setSaid] = useState(talk.said ?? '')
  const [problem, setProblem] = useState(talk.problem ?? '')
  const context = { context: { ifMatch: talk.version } }
  const done = async (words: string) => {
    notify(words)
    onDone()
    await changed()
  }
  const save = useMutation({
    mutationFn: () =>
      talks.call.correct({ id: talk.id, said: said.trim() || null, problem: problem.trim() || null }, context),
    onSuccess: () => done(t('talks.was_righted')),
  })
  const remove = useMutation({
    mutationFn: () => talks.call.remove({ id: talk.id }, context),
    onSuccess: () => done(t('talks.was_removed')),
  })
  return (
    <form
      className="talk-form"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Words label={t('talks.said')} value={said} onChange={setSaid} focus />
      <Words label={t('talks.problem')} value={problem} onChange={setProblem} />
      <ErrorNote error={save.error ?? remove.error} />
      <div className="note-actions">
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('web.save')}
        </Button>
        <QuietButton disabled={remove.isPending} onClick={() => remove.mutate()}>
          {t('talks.remove')}
        </QuietButton>
        <QuietButton onClick={onDone}>{t('web.cancel')}</QuietButton>
      </div>
    </form>
  )
}
