import { keepPreviousData, type UseQueryOptions, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { ErrorNote } from './ErrorNote.tsx'
import { SearchBox } from './SearchBox.tsx'
import './pick-list.css'

/** Finds one thing by what one remembers of it: a box, and below it what was found as large buttons. */
export function PickList<Item>(props: {
  label: string
  hint: string
  none: string
  // biome-ignore lint/suspicious/noExplicitAny: a list's key and error are its client's own
  find: (text: string) => UseQueryOptions<any, any, { items: Item[] }, any>
  itemKey: (item: Item) => number
  title: (item: Item) => ReactNode
  detail: (item: Item) => ReactNode
  onPick: (item: Item) => void
}) {
  const [text, setText] = useState('')
  const sought = text.trim()
  const found = useQuery({ ...props.find(sought), enabled: sought !== '', placeholderData: keepPreviousData })
  const items = sought === '' ? undefined : found.data?.items
  return (
    <div className="pick">
      <SearchBox value={text} onSearch={setText} label={props.label} hint={props.hint} />
      <ErrorNote error={found.error} again={found.refetch} />
      {items && (
        <ul aria-label={props.label}>
          {items.map((item) => (
            <li key={props.itemKey(item)}>
              <button
                type="button"
                className="pick-item"
                onClick={() => {
                  props.onPick(item)
                  setText('')
                }}
              >
                <span>{props.title(item)}</span>
                <span className="soft">{props.detail(item)}</span>
              </button>
            </li>
          ))}
          {items.length === 0 && !found.isFetching && <li className="pick-item soft">{props.none}</li>}
        </ul>
      )}
    </div>
  )
}
