import type { ComponentType } from 'react'
import { useOffer } from '#web/panels.tsx'

/** Segments to choose from and their names, of the module that offers `bulk.segments`. */
export type SegmentChoice = {
  Choose: ComponentType<{ value: number | undefined; onChange: (id: number) => void }>
  /** A hook. */
  useName: () => (id: number) => string | undefined
}

export function useSegmentChoice(): SegmentChoice | undefined {
  return useOffer<SegmentChoice>('bulk.segments')
}

const nameless = () => () => undefined

/** The names of segments; the same hook at each call, as modules do not change. */
export function useSegmentName(): (id: number) => string | undefined {
  return (useSegmentChoice()?.useName ?? nameless)()
}
