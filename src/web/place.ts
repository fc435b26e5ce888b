import { useNavigate, useParams, useSearch } from '@tanstack/react-router'

/** A parameter of the page's address: `useId()` for `$id`. A text that is no id becomes 0, which no row has. */
export function useId(): number {
  const { id } = useParams({ strict: false }) as { id?: string }
  return /^\d{1,15}$/.test(id ?? '') ? Number(id) : 0
}

/**
 * What the page shows (filters, sort, cursor), kept in the address so that it can be reloaded, sent and gone back to.
 * Never what somebody typed to find a person: addresses end up in logs.
 * @param initial values that need not stand in the address
 * @example const [view, setView] = useView({ stage: '', sort: 'newest', after: '' }); setView({ stage: 'silent', after: '' })
 */
export function useView<T extends Record<string, string>>(initial: T): [T, (change: Partial<T>, how?: 'push') => void] {
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const navigate = useNavigate()
  const view = { ...initial }
  for (const key of Object.keys(initial) as (keyof T & string)[]) {
    if (search[key] !== undefined) view[key] = String(search[key]) as T[typeof key]
  }
  return [
    view,
    (change, how) => {
      const next = { ...view, ...change }
      const kept = Object.entries(next).filter(([key, value]) => value !== initial[key])
      void navigate({ to: '.', search: Object.fromEntries(kept) as never, replace: how !== 'push' })
    },
  ]
}
