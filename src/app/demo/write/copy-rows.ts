import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** Rows for one table, gathered as the text that COPY takes. */
export type Rows = { table: string; columns: string; lines: string[] }

export function rowsFor(table: string, columns: string): Rows {
  return { table, columns, lines: [] }
}

/** Characters in one piece of a COPY: few pieces, none of them long. */
const piece = 1 << 20

/** Sends the rows and forgets them. */
export async function copyRows(client: PoolClient, { table, columns, lines }: Rows): Promise<void> {
  if (lines.length === 0) return
  await pipeline(Readable.from(pieces(lines)), client.query(copyFrom(`copy ${table} (${columns}) from stdin`)))
  lines.length = 0
}

function* pieces(lines: readonly string[]): Generator<Buffer> {
  let text = ''
  for (const line of lines) {
    text += line
    if (text.length < piece) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text) yield Buffer.from(text)
}

/** A text as COPY takes it; nothing is null. */
export function cell(text: string | null | undefined): string {
  if (text === null || text === undefined) return '\\N'
  return /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, escaped) : text
}

function escaped(sign: string): string {
  return sign === '\\' ? '\\\\' : sign === '\t' ? '\\t' : sign === '\n' ? '\\n' : '\\r'
}
