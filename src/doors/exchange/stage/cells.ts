import type { Target } from '../preset.ts'

/** How the readers of a row reach its cells: by target, trimmed; blank where the file has no such column. */
export type Cells = {
  text(row: string[], target: Target): string
  has(target: Target): boolean
  /** The header's name of the target's column. */
  nameOf(target: Target): string | undefined
  /** Columns of all targets that begin so. */
  columnsOf(prefix: string): number[]
  /** A copy for a memory that outlives the batch: cells are views of a large piece of the file. */
  kept(text: string): string
}

export function cellsOf(found: Partial<Record<Target, number>>, header: readonly string[]): Cells {
  return {
    text(row, target) {
      const at = found[target]
      return at === undefined ? '' : (row[at] ?? '').trim()
    },
    has: (target) => found[target] !== undefined,
    nameOf(target) {
      const at = found[target]
      return at === undefined ? undefined : header[at]
    },
    columnsOf: (prefix) =>
      Object.entries(found).flatMap(([target, at]) => (target.startsWith(prefix) && at !== undefined ? [at] : [])),
    kept: (text) => Buffer.from(text, 'utf16le').toString('utf16le'),
  }
}
