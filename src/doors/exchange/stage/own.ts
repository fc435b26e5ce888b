import type { OwnField } from '#know/fields/contract.ts'
import { dayIn } from '#platform/days.ts'
import type { OwnTarget, Preset } from '../preset.ts'
import type { Cells } from './cells.ts'
import { minorOf, readDecimal } from './decimal.ts'
import { instantReader } from './instant.ts'
import { RowProblem } from './problem.ts'

const yes = new Set(['是', '有', '对', '對', 'y', 'yes', 'true', '1', '√', '✓', 'x'])
const no = new Set(['否', '无', '無', '没有', '沒有', 'n', 'no', 'false', '0', '×'])

/** The values of the shop's own fields that a row tells, put into the person's document; a blank cell says nothing. */
export function ownReader(
  preset: Preset,
  cells: Cells,
  own: readonly OwnField[],
): (row: string[], doc: Record<string, unknown>) => void {
  const instant = instantReader(preset)
  const told = own
    .map((field) => ({ field, target: `customer.${field.key}` as OwnTarget, byName: choicesOf(field) }))
    .filter(({ target }) => cells.has(target))

  return (row, doc) => {
    for (const { field, target, byName } of told) {
      const text = cells.text(row, target)
      if (text === '') continue
      const refuse = (reason: string, params?: Record<string, string | number>): never => {
        throw new RowProblem({ reason, column: cells.nameOf(target), value: text, params })
      }
      doc[field.key] = read(field, text, byName, refuse)
    }
  }

  function read(
    field: OwnField,
    text: string,
    byName: ReadonlyMap<string, number>,
    refuse: (reason: string, params?: Record<string, string | number>) => never,
  ): unknown {
    switch (field.kind) {
      case 'number':
      case 'money': {
        const decimal = readDecimal(text, preset.currency)
        if (decimal === 'bad' || decimal === 'foreign') return refuse('exchange.bad_number')
        if (field.kind === 'number') return decimal.number / 10 ** decimal.scale
        return minorOf(preset.currency, decimal) ?? refuse('exchange.bad_number')
      }
      case 'day': {
        const found = instant(text)
        if (found === 'bad') return refuse('exchange.bad_date')
        return found === 'two' ? refuse('exchange.two_dates') : dayIn(preset.zone, new Date(found))
      }
      case 'yesno': {
        const word = text.toLowerCase()
        return yes.has(word) ? true : no.has(word) ? false : refuse('exchange.no_choice')
      }
      case 'choice':
        return byName.get(text.toLowerCase()) ?? refuse('exchange.no_choice')
      case 'choices': {
        const ids = namesIn(text, cells).map((name) => byName.get(name.toLowerCase()) ?? refuse('exchange.no_choice'))
        return [...new Set(ids)].sort((a, b) => a - b)
      }
      case 'link':
        return /^https?:\/\/\S+$/i.test(text) && text.length <= 500 ? text.toWellFormed() : refuse('exchange.bad_link')
      case 'text':
        return text.length <= 1000 ? text.toWellFormed() : refuse('exchange.too_long', { allowed: 1000 })
    }
  }
}

function choicesOf({ choices }: OwnField): ReadonlyMap<string, number> {
  return new Map(choices.map(({ id, name }) => [name.toLowerCase(), id]))
}

/** Names in one cell, apart by commas, semicolons or bars; without repeats, each at most 40 letters. */
export function namesIn(text: string, cells: Pick<Cells, 'kept'>): string[] {
  if (text === '') return []
  const names = text
    .normalize('NFKC')
    .split(/[,，、;；|]/)
    .map((name) => name.trim().slice(0, 40))
    .filter(Boolean)
  const seen = new Set<string>()
  return names.filter((name) => !seen.has(name.toLowerCase()) && seen.add(name.toLowerCase())).map(cells.kept)
}
