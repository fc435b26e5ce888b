import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** Rows for one table, gathered as the text that COPY takes. */
export type Rows = {
  /** A line with its end. */
  add(line: string): void
  /** Sends them and forgets them. */
  copyTo(client: PoolClient): Promise<void>
}

/** Characters that stay in JavaScript's heap: what is beyond lies in buffers, which its collector need not walk through. */
const held = 1 << 15

export function rowsFor(table: string, columns: string): Rows {
  let text = ''
  let pieces: Buffer[] = []
  const pack = () => {
    if (text) pieces.push(Buffer.from(text))
    text = ''
  }
  return {
    add(line) {
      text += line
      if (text.length > held) pack()
    },
    async copyTo(client) {
      pack()
      if (pieces.length === 0) return
      await pipeline(Readable.from(pieces), client.query(copyFrom(`copy ${table} (${columns}) from stdin`)))
      pieces = []
    },
  }
}

/** A text as COPY takes it. */
export function cell(text: string): string {
  return /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, escaped) : text
}

function escaped(sign: string): string {
  return sign === '\\' ? '\\\\' : sign === '\t' ? '\\t' : sign === '\n' ? '\\n' : '\\r'
}
