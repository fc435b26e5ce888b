import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { ProgressLine } from '#web/kit/ProgressLine.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { InstantText } from '#web/kit/values.tsx'
import { useId } from '#web/place.ts'
import type { BulkAct } from '../contract.ts'
import { useActWords } from './act-words.ts'
import { isMoving } from './BulkActsPage.tsx'
import { BulkPeople } from './BulkPeople.tsx'
import { bulk } from './bulk-api.ts'
import './bulk.css'

/** One act on a list: how far it is, what it did, and the way back. */
export function BulkActPage() {
  const id = useId()
  const t = useT()
  const words = useActWords()
  const one = useQuery(
    bulk.query.get.queryOptions({
      input: { id },
      refetchInterval: (query) => (query.state.data && isMoving(query.state.data.state) ? 800 : false),
    }),
  )
  useListsFollow(one.data?.state)
  return (
    <PageFrame
      title={one.data ? words(one.data.act) : t('bulk.act')}
      subtitle={
        one.data && (
          <>
            {one.data.actorName && `${one.data.actorName} · `}
            <InstantText at={one.data.askedAt} />
          </>
        )
      }
      back={{ to: '/bulk', label: t('bulk.title') }}
    >
      <Loaded of={one}>{(act) => <Act of={act as BulkAct} />}</Loaded>
    </PageFrame>
  )
}

function Act({ of }: { of: BulkAct }) {
  const t = useT()
  const queries = useQueryClient()
  const take = (now: unknown) => queries.setQueryData(bulk.query.get.queryKey({ input: { id: of.id } }), now as never)
  const stop = useMutation({ mutationFn: () => bulk.call.stop({ id: of.id }), onSuccess: take })
  const goOn = useMutation({ mutationFn: () => bulk.call.goOn({ id: of.id }), onSuccess: take })
  const undo = useMutation({ mutationFn: () => bulk.call.undo({ id: of.id }), onSuccess: take })
  const { state, total, done, changed, undone, kept } = of
  const params = { changed, done, total: total ?? 0, same: done - changed, undone, kept }
  return (
    <>
      <section className="panel">
        {isMoving(state) ? (
          <>
            <ProgressLine
              what={t(`bulk.state.${state}`)}
              done={state === 'undoing' ? undone + kept : done}
              total={(state === 'undoing' ? changed : total) ?? undefined}
              rate={of.rate ?? undefined}
              secondsLeft={of.secondsLeft ?? undefined}
            />
            <p className="soft">{t('bulk.can_leave')}</p>
          </>
        ) : (
          <p>
            <strong>{t(`bulk.state.${state}`)}</strong> {t(`bulk.told.${state}`, params)}
          </p>
        )}
        {of.code && <p className="late">{t(of.code)}</p>}
        <ErrorNote error={stop.error ?? goOn.error ?? undo.error} />
        <div className="note-actions">
          {(state === 'waiting' || state === 'running') && (
            <QuietButton disabled={stop.isPending} onClick={() => stop.mutate()}>
              {t('bulk.stop')}
            </QuietButton>
          )}
          {(state === 'stopped' || state === 'failed') && (
            <Button type="primary" loading={goOn.isPending} onClick={() => goOn.mutate()}>
              {t('bulk.go_on')}
            </Button>
          )}
          {['done', 'stopped', 'failed'].includes(state) && changed > 0 && (
            <QuietButton disabled={undo.isPending} onClick={() => undo.mutate()}>
              {t('bulk.undo', { count: changed })}
            </QuietButton>
          )}
        </div>
      </section>
      {kept > 0 && <BulkPeople id={of.id} state="kept" title={t('bulk.kept_title')} note={t('bulk.kept_means')} />}
      {!isMoving(state) && state !== 'undone' && changed > 0 && (
        <BulkPeople id={of.id} state="changed" title={t('bulk.changed_title')} />
      )}
    </>
  )
}

/** When it has come to its end, lists and pages of customers look again. */
function useListsFollow(state: BulkAct['state'] | undefined): void {
  const queries = useQueryClient()
  const before = useRef(state)
  useEffect(() => {
    if (before.current && state && isMoving(before.current) && !isMoving(state)) {
      void queries.invalidateQueries({ predicate: ({ queryKey }) => !JSON.stringify(queryKey).includes('bulk') })
    }
    before.current = state
  }, [state, queries])
}
