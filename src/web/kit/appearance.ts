import { useSyncExternalStore } from 'react'
import { keep, kept } from '../kept.ts'

export type Appearance = 'system' | 'light' | 'dark'

const systemDark = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : undefined
const watchers = new Set<() => void>()

/** What the person chose: light, dark, or as the system is. */
export function chosenAppearance(): Appearance {
  const value = kept('theme')
  return value === 'light' || value === 'dark' ? value : 'system'
}

/** Keeps the choice on this device and shows it at once. */
export function chooseAppearance(choice: Appearance): void {
  keep('theme', choice === 'system' ? undefined : choice)
  applyAppearance()
}

/** Sets the document to light or dark; at start, after a choice, and when the system turns. */
export function applyAppearance(): void {
  document.documentElement.dataset.theme = shownMode()
  for (const watcher of watchers) watcher()
}

/** Which of the two is shown now. */
export function useMode(): 'light' | 'dark' {
  return useSyncExternalStore((changed) => {
    watchers.add(changed)
    return () => watchers.delete(changed)
  }, shownMode)
}

function shownMode(): 'light' | 'dark' {
  const choice = chosenAppearance()
  if (choice !== 'system') return choice
  return systemDark?.matches ? 'dark' : 'light'
}

systemDark?.addEventListener('change', applyAppearance)
