import type { OrderStepName } from '#know/orders/contract.ts'
import { stepTargets } from '../preset.ts'
import { addStep, type Batch } from './batch.ts'
import type { Cells } from './cells.ts'
import { copyText } from './copy-text.ts'
import type { Values } from './values.ts'

/**
 * What a row tells of its order's way: each column with a time is a step, of the parcel that the row names, else of all. A blank cell
 * says nothing.
 * @param latest steps after this instant are refused
 */
export function stepReader(
  cells: Cells,
  { instant, words, problem }: Values,
  latest: string,
): (row: number, cell: string[], number: string, batch: Batch) => void {
  const told = (Object.keys(stepTargets) as OrderStepName[]).filter((step) => cells.has(stepTargets[step]))
  if (told.length === 0) return () => undefined

  return (row, cell, number, batch) => {
    const steps = told.flatMap((step) => {
      const target = stepTargets[step]
      const at = instant(cell, target)
      if (at !== undefined && at > latest) throw problem('exchange.future', target, cells.text(cell, target))
      return at === undefined ? [] : [{ step, at }]
    })
    if (steps.length === 0) return
    const carrier = words(cell, 'order.carrier', 60)
    const tracking = words(cell, 'order.tracking', 80)
    const numberText = copyText(number)
    for (const { step, at } of steps) addStep(batch, number, { row, numberText, step, at, carrier, tracking })
  }
}
