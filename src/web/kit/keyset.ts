import { useRemembered } from './remembered.ts'

/** Where one is in a list that only knows "after this row": the marker to ask with, and ways on and back. */
export type Keyset = {
  after: string | undefined
  number: number
  next: (marker: string) => void
  previous?: () => void
}

/**
 * Walks a keyset list forth and back; Back finds the page again. Another question (`of`) begins at the first page.
 * @param of what the list is asked with besides the marker: sort, filters, words
 * @example const page = useKeyset('customers', view); useQuery(…list.queryOptions({ input: { ...view, after: page.after } }))
 */
export function useKeyset(name: string, of: unknown): Keyset {
  const question = JSON.stringify(of)
  const [state, setState] = useRemembered(`keyset.${name}`, { question, markers: [] as string[] })
  const markers = state.question === question ? state.markers : []
  const go = (next: string[]) => setState({ question, markers: next })
  return {
    after: markers.at(-1),
    number: markers.length + 1,
    next: (marker) => go([...markers, marker]),
    previous: markers.length ? () => go(markers.slice(0, -1)) : undefined,
  }
}
