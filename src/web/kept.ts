import { useState } from 'react'

/** What a person chose on this device: language, light or dark, columns shown. Never a customer's data. */
type Kept = 'locale' | 'theme' | `columns.${string}` | `sort.${string}`

/**
 * Language and theme are cookies, because the server answers the page with them (no flash of the other); the rest stays in
 * the browser.
 */
const cookies: readonly Kept[] = ['locale', 'theme']

export function kept(name: Kept): string | undefined {
  if (cookies.includes(name)) return new RegExp(`(?:^|; )regulars-${name}=([^;]*)`).exec(document.cookie)?.[1]
  return localStorage.getItem(`regulars.${name}`) ?? undefined
}

export function keep(name: Kept, value: string | undefined): void {
  if (cookies.includes(name)) {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API exists only on https; a till in the shop's network has none
    document.cookie = `regulars-${name}=${value ?? ''}; path=/; samesite=lax; max-age=${value === undefined ? 0 : 31_536_000}`
  } else if (value === undefined) localStorage.removeItem(`regulars.${name}`)
  else localStorage.setItem(`regulars.${name}`, value)
}

/** A list of names kept on this device, as the columns of a table. */
export function useKeptNames(name: Kept, initial: readonly string[]): [readonly string[], (names: string[]) => void] {
  const [names, setNames] = useState(() => kept(name)?.split(',') ?? initial)
  return [
    names,
    (next) => {
      keep(name, next.join(','))
      setNames(next)
    },
  ]
}
