import { useInfiniteQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { type Translate, useT } from '#web/i18n.ts'
import { DayField } from '#web/kit/DayField.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { SearchBox } from '#web/kit/SearchBox.tsx'
import { InstantText } from '#web/kit/values.tsx'
import { Waiting } from '#web/kit/Waiting.tsx'
import { useMay } from '#web/session.ts'
import { type FactGroup, type TimelineFact, timelineGroups } from '../contract.ts'
import { customers } from './customers-api.ts'
import { useSavedFile } from './saved-file.ts'

type Filter = { of?: FactGroup[]; from?: string; to?: string }

/** What happened with a customer, newest first; by kind, by days, by words, and as a file. */
export function Timeline({ id }: { id: number }) {
  const t = useT()
  const mayExport = useMay()('customers.export')
  const [filter, setFilter] = useState<Filter>({})
  const [words, setWords] = useState('')
  const text = words.trim().slice(0, 100)
  const asked = { ...filter, ...(text ? { text } : {}) }
  const filtered = Object.values(asked).some(Boolean)
  const list = useInfiniteQuery({
    queryKey: [...customers.query.timeline.key({ input: { id } }), asked],
    queryFn: ({ pageParam: after, signal }) => {
      const page = { id, ...filter, limit: 20, after }
      return text
        ? customers.call.findInTimeline({ ...page, text }, { signal })
        : customers.call.timeline(page, { signal })
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
    // Words may name a person: what they found is forgotten soon after.
    gcTime: text ? 60_000 : undefined,
  })
  const save = useSavedFile()
  const facts = list.data?.pages.flatMap((page) => page.items) as TimelineFact[] | undefined
  const change = (more: Filter) => setFilter({ ...filter, ...more })
  const clear = () => {
    setFilter({})
    setWords('')
  }
  return (
    <section className="panel" aria-labelledby="timeline">
      <h2 id="timeline">{t('customers.timeline')}</h2>
      <div className="filters timeline-filters">
        <SearchBox
          value={words}
          onSearch={setWords}
          label={t('customers.timeline_search')}
          hint={t('customers.timeline_hint')}
        />
        <Select
          mode="multiple"
          allowClear
          maxTagCount="responsive"
          aria-label={t('customers.timeline_of')}
          placeholder={t('customers.timeline_of')}
          value={filter.of ?? []}
          onChange={(of: FactGroup[]) => change({ of: of.length > 0 ? of : undefined })}
          options={timelineGroups.map((group) => ({ value: group, label: t(`customers.facts.${group}`) }))}
          className="timeline-of"
        />
        <DayField
          label={t('customers.timeline_from')}
          value={filter.from}
          max={filter.to}
          onChange={(from) => change({ from })}
        />
        <DayField
          label={t('customers.timeline_to')}
          value={filter.to}
          min={filter.from}
          onChange={(to) => change({ to })}
        />
        {filtered && <QuietButton onClick={clear}>{t('web.clear_filters')}</QuietButton>}
      </div>
      {!facts && (list.error ? <ErrorNote error={list.error} again={list.refetch} /> : <Waiting rows={3} />)}
      {facts?.length === 0 && !list.hasNextPage && (
        <p className="soft">{t(filtered ? 'customers.timeline_nothing' : 'customers.timeline_empty')}</p>
      )}
      {facts && facts.length > 0 && (
        <ol className="timeline">
          {facts.map((fact) => (
            <li key={`${fact.kind} ${fact.id}`}>
              <InstantText at={fact.at} />
              <span>
                {fact.sentence}
                {fact.words && <span className="soft lines"> · {fact.words}</span>}
              </span>
              <span className="soft">{doneBy(t, fact)}</span>
            </li>
          ))}
        </ol>
      )}
      {list.isFetchNextPageError && <ErrorNote error={list.error} />}
      <div className="note-actions">
        {list.hasNextPage && (
          <QuietButton disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('customers.older')}
          </QuietButton>
        )}
        {mayExport &&
          facts &&
          facts.length > 0 &&
          (['csv', 'json'] as const).map((format) => (
            <QuietButton
              key={format}
              icon={format === 'csv' ? 'download' : undefined}
              disabled={save.isPending}
              onClick={() => save.mutate({ path: `/api/customers/${id}/timeline/exports`, body: { format, ...asked } })}
            >
              {t(`customers.timeline_${format}`)}
            </QuietButton>
          ))}
      </div>
    </section>
  )
}

/** Who it was, where that is somebody of the shop or an import. */
function doneBy(t: Translate, { actor, actorName }: TimelineFact): string {
  if (actorName) return actorName
  return actor.startsWith('import:') ? t('customers.by_import') : ''
}
