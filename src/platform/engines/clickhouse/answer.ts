import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Counts } from './engine.ts'
import { type QueryError, statusOf } from './query-error.ts'

export type Answer = {
  /** Sends a piece and waits while the client is slow to read. */
  piece(bytes: Uint8Array): Promise<void>
  end(counts: Counts & { written: number }): Promise<void>
  fail(error: QueryError): Promise<void>
}

/**
 * An answer in the manner of ClickHouse. Its headers go out with the first piece, so an error before that has its
 * proper status; one after it follows the rows behind a tag that the client knows from the headers.
 */
export function openAnswer(response: ServerResponse, queryId: string, gzip: boolean): Answer {
  const tag = randomBytes(8).toString('hex')
  let out: Writable | undefined

  function begin(status: number, summary?: object, more: Record<string, string> = {}): Writable {
    response.writeHead(status, {
      'content-type': 'text/plain; charset=UTF-8',
      'x-clickhouse-query-id': queryId,
      'x-clickhouse-server-display-name': 'regulars-embedded',
      'x-clickhouse-timezone': 'UTC',
      'x-clickhouse-exception-tag': tag,
      ...(summary && { 'x-clickhouse-summary': JSON.stringify(summary) }),
      ...(gzip && { 'content-encoding': 'gzip' }),
      ...more,
    })
    if (!gzip) return response
    const packed = createGzip({ level: 1 })
    packed.pipe(response)
    return packed
  }

  async function close(last?: string): Promise<void> {
    if (!out) return
    if (last === undefined) out.end()
    else out.end(last)
    await finished(response).catch(() => {})
  }

  return {
    async piece(bytes) {
      if (bytes.length === 0) return
      out ??= begin(200)
      if (response.destroyed) return
      // chdb's bytes may live in memory of its own, gone with the next piece: a socket that is full keeps a reference.
      if (!out.write(Buffer.from(bytes))) await drained(out, response)
    },
    async end(counts) {
      const nanoseconds = String(Math.round(counts.seconds * 1e9))
      out ??= begin(200, {
        read_rows: String(counts.rows),
        read_bytes: String(counts.bytes),
        written_rows: String(counts.written),
        written_bytes: String(counts.written ? counts.bytes : 0),
        total_rows_to_read: '0',
        result_rows: '0',
        result_bytes: '0',
        elapsed_ns: nanoseconds,
      })
      await close()
    },
    async fail(error) {
      if (response.destroyed) return
      const words = `${error.message}\n`
      if (out) {
        const length = Buffer.byteLength(words)
        return close(`\r\n__exception__\r\n${tag}\r\n${words}${length} ${tag}\r\n__exception__\r\n`)
      }
      out = begin(statusOf(error.code), undefined, { 'x-clickhouse-exception-code': String(error.code) })
      await close(words)
    },
  }
}

async function drained(out: Writable, response: ServerResponse): Promise<void> {
  const either = new AbortController()
  const { signal } = either
  await Promise.race([once(out, 'drain', { signal }), once(response, 'close', { signal })]).catch(() => {})
  either.abort()
}
