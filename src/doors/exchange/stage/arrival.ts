import { arrivalLengths } from '#know/arrivals/contract.ts'
import type { Preset } from '../preset.ts'
import type { Cells } from './cells.ts'
import { valuesOf } from './values.ts'

/** Where a row says that its customer came from, put into the person's document as `#arrival`; a day alone says nothing. */
export function arrivalReader(preset: Preset, cells: Cells): (row: string[], doc: Record<string, unknown>) => void {
  if (!cells.has('customer.source') && !cells.has('customer.campaign')) return () => undefined
  const { words, instant } = valuesOf(preset, cells, preset.currency)

  return (row, doc) => {
    const way = words(row, 'customer.source', arrivalLengths.way)?.normalize('NFKC').trim()
    const campaign = words(row, 'customer.campaign', arrivalLengths.campaign)
    const at = instant(row, 'customer.cameAt')
    if (way || campaign) doc['#arrival'] = { ...(way && { way }), ...(campaign && { campaign }), ...(at && { at }) }
  }
}
