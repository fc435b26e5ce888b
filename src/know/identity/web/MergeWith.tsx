import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { type CustomerRow, customersContract } from '#know/customers/contract.ts'
import { called, phoneText } from '#know/customers/web/people.ts'
import { apiOf } from '#web/api.ts'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { SearchBox } from '#web/kit/SearchBox.tsx'
import type { MergePreview } from '../contract.ts'
import { useChanged } from './changed.ts'
import { identity } from './identity-api.ts'
import { Preview } from './Preview.tsx'

const customers = apiOf('customers', customersContract)

/** Finds the other one, shows how both will look as one, and makes them one. */
export function MergeWith({ id, onDone }: { id: number; onDone: () => void }) {
  const t = useT()
  const [text, setText] = useState('')
  const [other, setOther] = useState<number>()
  const sought = text.trim()
  const found = useQuery({
    ...customers.query.search.queryOptions({ input: { text: sought || '-', limit: 8 } }),
    enabled: sought !== '',
    placeholderData: keepPreviousData,
  })
  const people =
    sought === '' ? undefined : (found.data?.items as CustomerRow[] | undefined)?.filter((one) => one.id !== id)
  if (other !== undefined) return <Decide id={id} other={other} onBack={() => setOther(undefined)} onDone={onDone} />
  return (
    <div className="merge-with">
      <SearchBox
        value={text}
        onSearch={setText}
        label={t('identity.merge_find')}
        hint={t('identity.merge_find_hint')}
      />
      <ErrorNote error={found.error} again={found.refetch} />
      {people && (
        <ul aria-label={t('identity.merge_find')}>
          {people.map((person) => (
            <li key={person.id}>
              <button type="button" className="pick-item" onClick={() => setOther(person.id)}>
                <span>{called(person)}</span>
                <span className="soft">
                  {[person.phone && phoneText(person.phone), person.city, `#${person.id}`].filter(Boolean).join(' · ')}
                </span>
              </button>
            </li>
          ))}
          {people.length === 0 && !found.isFetching && <li className="pick-item soft">{t('identity.merge_nobody')}</li>}
        </ul>
      )}
    </div>
  )
}

function Decide(props: { id: number; other: number; onBack: () => void; onDone: () => void }) {
  const t = useT()
  const navigate = useNavigate()
  const changed = useChanged()
  const [swapped, setSwapped] = useState(false)
  const [reason, setReason] = useState('')
  const [into, from] = swapped ? [props.other, props.id] : [props.id, props.other]
  const preview = useQuery(
    identity.query.previewMerge.queryOptions({ input: { id: into, from: [from] }, placeholderData: keepPreviousData }),
  )
  const undo = useMutation({ ...identity.query.undoMerge.mutationOptions(), onSuccess: changed })
  const merge = useMutation({
    ...identity.query.merge.mutationOptions(),
    async onSuccess({ mergeId, customerId }) {
      notify(t('identity.merged'), { undo: () => undo.mutate({ mergeId }) })
      props.onDone()
      if (customerId !== props.id) await navigate({ to: `/customers/${customerId}` })
      await changed()
    },
  })
  return (
    <section className="merge-with" aria-label={t('identity.preview')}>
      <Loaded of={preview}>
        {(seen) => (
          <>
            <p>
              {t('identity.swap_means', { name: called((seen as MergePreview).into) })}{' '}
              <QuietButton onClick={() => setSwapped(!swapped)}>{t('identity.swap')}</QuietButton>
            </p>
            <Preview of={seen as MergePreview} />
          </>
        )}
      </Loaded>
      <Input
        aria-label={t('identity.reason')}
        placeholder={t('identity.reason')}
        maxLength={300}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <ErrorNote error={merge.error} />
      <div className="note-actions">
        <Button
          type="primary"
          loading={merge.isPending}
          disabled={!preview.data}
          onClick={() => merge.mutate({ id: into, from: [from], ...(reason.trim() ? { reason: reason.trim() } : {}) })}
        >
          {t('identity.do_merge')}
        </Button>
        <QuietButton onClick={props.onBack}>{t('web.cancel')}</QuietButton>
      </div>
    </section>
  )
}
