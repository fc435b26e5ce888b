import { useState } from 'react'

const memory = new Map<string, unknown>()

/**
 * State that outlives its page until the window is closed, so that Back finds the list as it was left. In memory only:
 * what somebody typed to find a person is written nowhere.
 * @example const [words, setWords] = useRemembered('customers.words', '')
 */
export function useRemembered<T>(name: string, initial: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => (memory.has(name) ? (memory.get(name) as T) : initial))
  return [
    value,
    (next) => {
      memory.set(name, next)
      setValue(next)
    },
  ]
}

/** Forgets everything, when the person signs out. */
export function forgetRemembered(): void {
  memory.clear()
}
