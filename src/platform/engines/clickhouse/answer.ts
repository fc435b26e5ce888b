import { open, unlink } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { NativeResult } from './native.ts'
import { type QueryError, statusOf } from './query-error.ts'

/** Answers as ClickHouse does: the result's bytes, or those of the file it was written to. */
export async function answer(
  response: ServerResponse,
  about: { queryId: string; gzip: boolean; written?: number },
  result: NativeResult,
  file?: string,
): Promise<void> {
  const summary = {
    read_rows: String(result.rowsRead),
    read_bytes: String(result.bytesRead),
    ...(about.written !== undefined && {
      written_rows: String(about.written),
      written_bytes: String(result.bytesRead),
    }),
    elapsed_ns: String(Math.round(result.elapsed * 1e9)),
  }
  const body = file === undefined ? Readable.from(pieces(result.bytes), { objectMode: false }) : await readOnce(file)
  response.writeHead(200, {
    'content-type': 'text/plain; charset=UTF-8',
    'x-clickhouse-query-id': about.queryId,
    'x-clickhouse-server-display-name': 'regulars-embedded',
    'x-clickhouse-timezone': 'UTC',
    'x-clickhouse-summary': JSON.stringify(summary),
    ...(about.gzip && { 'content-encoding': 'gzip' }),
  })
  if (about.gzip) await pipeline(body, createGzip({ level: 1 }), response)
  else await pipeline(body, response)
}

/** Reads a file that is gone from its folder already: however this ends, nothing is left. */
async function readOnce(file: string): Promise<Readable> {
  const handle = await open(file)
  await unlink(file)
  return handle.createReadStream()
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  if (bytes.length > 0) yield bytes
}

/** Answers with an error; where the answer has begun (its file could not be read) the connection breaks off instead. */
export function answerWithError(response: ServerResponse, queryId: string, error: QueryError): void {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  response.writeHead(statusOf(error.code), {
    'content-type': 'text/plain; charset=UTF-8',
    'x-clickhouse-query-id': queryId,
    'x-clickhouse-exception-code': String(error.code),
  })
  response.end(`${error.message}\n`)
}
