import type { OwnKey } from '#know/fields/contract.ts'
import { consentProofs, consentTargets, type Inspection, type Preset, type Target, targets } from '../contract.ts'

/** What the targets speak of, in the order in which a shopkeeper thinks. */
export const groups = ['order', 'line', 'review', 'customer', 'consent', 'product'] as const
export type Group = (typeof groups)[number]

/** Shown also while no column is known for them. */
const usual: ReadonlySet<Target> = new Set([
  'order.number',
  'order.placedAt',
  'line.code',
  'line.name',
  'line.quantity',
  'line.unitPrice',
  'customer.id',
  'customer.phone',
  'customer.name',
])

/** @param own keys of the shop's own fields */
export function targetsOf(group: Group, own: readonly OwnKey[]): Target[] {
  const all: Target[] = [
    ...targets,
    ...own.map((key): Target => `customer.${key}`),
    ...consentTargets,
    ...consentProofs,
  ]
  return all.filter((target) => target.startsWith(`${group}.`))
}

/** The targets of a group that are worth a line, and those that can be added. */
export function sortTargets(
  group: Group,
  mapped: Inspection['mapped'],
  added: ReadonlySet<Target>,
  own: readonly OwnKey[],
) {
  const all = targetsOf(group, own)
  const shown = all.filter((target) => mapped[target] !== undefined || usual.has(target) || added.has(target))
  return { shown, others: all.filter((target) => !shown.includes(target)) }
}

/** The preset with another column for a target; none where `column` is undefined. */
export function withColumn(preset: Preset, target: Target, column: string | undefined): Preset {
  const { [target]: names = [], ...columns } = preset.columns
  if (column === undefined) return { ...preset, columns }
  const others = names.filter((name) => name !== column).slice(0, 19)
  return { ...preset, columns: { ...columns, [target]: [column, ...others] } }
}

/** The inspection as it will be after that change, so that the page need not wait for the server to say so. */
export function afterColumn(seen: Inspection, target: Target, column: string | undefined): Inspection {
  const { [target]: _, ...mapped } = seen.mapped
  const next = column === undefined ? mapped : { ...mapped, [target]: column }
  const used = new Set(Object.values(next))
  return { ...seen, mapped: next, unmapped: seen.columns.filter((name) => !used.has(name)) }
}

/** What stands first in a column, for recognising it. */
export function sampleOf(seen: Inspection, column: string, most = 3): string[] {
  const at = seen.columns.indexOf(column)
  const values = new Set<string>()
  for (const { cells } of seen.sample) {
    const value = (cells[at] ?? '').trim()
    if (value) values.add(value)
    if (values.size >= most) break
  }
  return [...values]
}
