import { useMutation, useQuery } from '@tanstack/react-query'
import { Checkbox } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { InstantText } from '#web/kit/values.tsx'
import { useMay } from '#web/session.ts'
import type { MergeEntry } from '../contract.ts'
import { useChanged } from './changed.ts'
import { identity } from './identity-api.ts'

/** Which merges made a customer what it is; each can be undone, in whatever order. */
export function Merges({ id }: { id: number }) {
  const t = useT()
  const mayEdit = useMay()('customers.edit')
  const changed = useChanged()
  const [after, setAfter] = useState<string>()
  const [apart, setApart] = useState(false)
  const list = useQuery(identity.query.merges.queryOptions({ input: { id, limit: 10, after } }))
  const undo = useMutation({
    ...identity.query.undoMerge.mutationOptions(),
    async onSuccess() {
      notify(t('identity.was_undone'))
      await changed()
    },
  })
  const merges = (list.data?.items ?? []) as MergeEntry[]
  if (merges.length === 0) return <ErrorNote error={list.error} again={list.refetch} />
  const called = ({ id, called }: MergeEntry['into']) =>
    called ? t('identity.person', { name: called, id }) : `#${id}`
  const undoable = mayEdit && merges.some((merge) => !merge.undoneAt)
  return (
    <>
      <h3>{t('identity.history')}</h3>
      <ul className="says">
        {merges.map((merge) => {
          const from = merge.from.map(called).join(', ')
          return (
            <li key={merge.id}>
              <span>
                {t('identity.entry', { from, into: called(merge.into) })}
                <span className="soft">
                  {' · '}
                  {t(`identity.entry.${merge.evidence}`, {
                    kind: merge.kind ? t(`customers.field.${merge.kind}`) : '',
                  })}
                  {merge.reason && ` · ${merge.reason}`}
                </span>
              </span>
              <span className="soft">
                {merge.actorName && `${merge.actorName} · `}
                <InstantText at={merge.at} />
                {merge.undoneAt && ` · ${t('identity.undone')}`}
                {merge.undoneByName && ` · ${merge.undoneByName}`}
              </span>
              {mayEdit && !merge.undoneAt && (
                <QuietButton
                  aria-label={t('identity.undo_this', { from })}
                  disabled={undo.isPending}
                  onClick={() => undo.mutate({ mergeId: merge.id, ...(apart ? { apart } : {}) })}
                >
                  {t('identity.undo')}
                </QuietButton>
              )}
            </li>
          )
        })}
      </ul>
      {undoable && (
        <Checkbox checked={apart} onChange={(event) => setApart(event.target.checked)}>
          {t('identity.undo_apart')}
        </Checkbox>
      )}
      {list.data?.next && <QuietButton onClick={() => setAfter(list.data.next)}>{t('web.next')}</QuietButton>}
      <ErrorNote error={undo.error} />
    </>
  )
}
