import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { Waiting } from '#web/kit/Waiting.tsx'
import { useMay } from '#web/session.ts'
import type { Talk } from '../contract.ts'
import { PromiseLine } from './PromiseLine.tsx'
import { TalkForm } from './TalkForm.tsx'
import { TalkLine } from './TalkLine.tsx'
import { talks } from './talks-api.ts'
import './talks.css'

/** What is owed to a customer, what was said, and telling of the next talk. */
export function TalksPanel({ id }: { id: number }) {
  const t = useT()
  const mayEdit = useMay()('customers.edit')
  const [telling, setTelling] = useState(false)
  const open = useQuery(talks.query.promises.queryOptions({ input: { id } }))
  const list = useInfiniteQuery(
    talks.query.list.infiniteOptions({
      input: (after: string | undefined) => ({ id, limit: 5, after }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.next,
    }),
  )
  if (!open.data || !list.data) {
    const error = open.error ?? list.error
    return error ? <ErrorNote error={error} again={open.error ? open.refetch : list.refetch} /> : <Waiting rows={3} />
  }
  const { today } = open.data
  const told = list.data.pages.flatMap((page) => page.items) as Talk[]
  return (
    <>
      {open.data.items.length > 0 && (
        <ul className="promises" aria-label={t('talks.open')}>
          {open.data.items.map((promise) => (
            <PromiseLine key={promise.id} promise={promise} today={today} />
          ))}
        </ul>
      )}
      {telling ? (
        <TalkForm id={id} today={today} onDone={() => setTelling(false)} />
      ) : (
        mayEdit && <Button onClick={() => setTelling(true)}>{t('talks.log')}</Button>
      )}
      {told.length === 0 && !telling && <p className="soft">{t('talks.none')}</p>}
      {told.length > 0 && (
        <ol className="talks" aria-label={t('talks.title')}>
          {told.map((talk) => (
            <TalkLine key={talk.id} talk={talk} />
          ))}
        </ol>
      )}
      {list.hasNextPage && (
        <QuietButton disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('talks.older')}
        </QuietButton>
      )}
    </>
  )
}
