import { useEffect, useState } from 'react'
import { useT } from '../i18n.ts'
import { Icon } from './icon.tsx'

/**
 * A search that answers while one types, after a short pause. The text belongs in a request's body, never in an address.
 * @example <SearchBox value={words} onSearch={setWords} label={t('customers.search')} />
 */
export function SearchBox(props: {
  value: string
  onSearch: (text: string) => void
  label: string
  hint?: string
  /** For a page that is this one question; elsewhere focus stays where the reader is. */
  autoFocus?: boolean
}) {
  const { value, onSearch } = props
  const t = useT()
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  useEffect(() => {
    if (text === value) return
    const pause = setTimeout(() => onSearch(text), 200)
    return () => clearTimeout(pause)
  }, [text, value, onSearch])

  return (
    <search className="search-box">
      <Icon name="search" size={18} />
      <input
        type="search"
        aria-label={props.label}
        placeholder={props.hint ?? props.label}
        value={text}
        autoComplete="off"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: only on a page that is this one question, as the recognition card
        autoFocus={props.autoFocus}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onSearch(text)
          if (event.key === 'Escape') onSearch('')
        }}
      />
      {text && (
        <button type="button" aria-label={t('web.clear')} onClick={() => onSearch('')}>
          <Icon name="close" size={16} />
        </button>
      )}
    </search>
  )
}
