import { useSyncExternalStore } from 'react'

/**
 * The browser's clock in milliseconds, only for words such as "3 minutes ago" and for rates. What day it is in the shop, the
 * server says.
 */
export function browserNow(): number {
  return Date.now()
}

/** The browser's clock, moving on by whole minutes, so that "ago" stays true while a page stands open. */
export function useMinute(): number {
  return useSyncExternalStore(everyMinute, () => Math.floor(browserNow() / 60_000) * 60_000)
}

function everyMinute(changed: () => void): () => void {
  const timer = setInterval(changed, 60_000)
  return () => clearInterval(timer)
}
