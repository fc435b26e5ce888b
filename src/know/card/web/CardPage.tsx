import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import type { FoundCustomer } from '#know/customers/contract.ts'
import { called, customers, phoneText } from '#know/customers/web/people.ts'
import { useT } from '#web/i18n.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { SearchBox } from '#web/kit/SearchBox.tsx'
import { CardOf } from './CardOf.tsx'
import './card.css'

/**
 * One box for whatever one has of a person: the last digits of a phone, a name or its initials, an order, a member number. The
 * closest is shown at once; the others are one tap away.
 */
export function CardPage() {
  const t = useT()
  const [words, setWords] = useState('')
  const [picked, setPicked] = useState<number>()
  const asked = useDeferredValue(words.trim())
  const found = useQuery({
    ...customers.query.search.queryOptions({
      input: { text: asked || '-', limit: 8 },
      placeholderData: keepPreviousData,
    }),
    enabled: asked !== '',
    gcTime: 60_000,
  })
  const items = asked === '' ? [] : ((found.data?.items ?? []) as FoundCustomer[])
  const shown = items.find((one) => one.id === picked) ?? items[0]
  return (
    <PageFrame title={t('card.title')} narrow>
      <SearchBox
        value={words}
        onSearch={(text) => {
          setWords(text)
          setPicked(undefined)
        }}
        label={t('card.find')}
        hint={t('card.hint')}
        autoFocus
      />
      <ErrorNote error={found.error} again={found.refetch} />
      {items.length > 1 && (
        <ul className="card-others" aria-label={t('card.others')}>
          {items.map((one) => (
            <li key={one.id}>
              <button type="button" aria-pressed={one.id === shown?.id} onClick={() => setPicked(one.id)}>
                {called(one)}
                {one.phone && <span className="soft"> {phoneText(one.phone)}</span>}
              </button>
            </li>
          ))}
        </ul>
      )}
      {shown && <CardOf key={shown.id} id={shown.id} found={shown} />}
      {asked === '' && (
        <EmptyState title={t('card.empty')} example={t('card.empty_example')}>
          {t('card.empty_means')}
        </EmptyState>
      )}
      {asked !== '' && found.data && items.length === 0 && <p role="status">{t('card.nobody')}</p>}
    </PageFrame>
  )
}
