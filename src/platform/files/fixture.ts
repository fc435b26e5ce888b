import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { inspectTable, readTable } from './index.ts'
import type { BadRow, InspectOptions, ReadOptions, TableRow, TableShape } from './table.ts'

const folder = mkdtempSync(join(tmpdir(), 'regulars-files-'))
let made = 0

/** For tests: a file that lives as long as the test file runs. */
export function aFile(content: string | Uint8Array, name = 'customers.csv'): string {
  const path = join(folder, `${++made}-${name}`)
  writeFileSync(path, content)
  return path
}

export function removeFilesAfterwards(): void {
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
}

export type WholeTable = { shape: TableShape; rows: TableRow[]; bad: BadRow[]; refusal?: unknown }

/** Looks at a file and reads all of it; what was thrown on the way is in `refusal`. */
export async function wholeTable(path: string, options: InspectOptions & ReadOptions = {}): Promise<WholeTable> {
  const shape = await inspectTable(path, options)
  const all: WholeTable = { shape, rows: [], bad: [] }
  try {
    for await (const batch of readTable(path, shape, options)) {
      all.rows.push(...batch.rows)
      all.bad.push(...batch.bad)
    }
  } catch (refusal) {
    all.refusal = refusal
  }
  return all
}
