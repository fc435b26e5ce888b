import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { STATEMENT_BYTES } from './limits.ts'
import { refuse } from './query-error.ts'

export type Asked = {
  /** The `query` of the address, or empty: then the body is the statement. */
  query: string
  format: string
  database: string
  queryId?: string
  settings: Record<string, string>
  params: Record<string, string>
  gzip: boolean
  body: Readable
}

/** Of the HTTP interface itself, unknown to the engine. `compress` and `decompress` (native framing) are refused. */
const NOT_SETTINGS =
  /^(query|query_id|database|default_format|user|password|quota_key|role|session_timeout|session_check|enable_http_compression|wait_end_of_query|buffer_size|http_.*|send_progress_in_http_headers|add_http_cors_header|cancel_http_readonly_queries_on_client_close)$/
const REFUSED = ['session_id', 'compress', 'decompress']

/** Reads address and headers; and a form, where parameters come as one. @throws QueryError */
export async function readRequest(request: IncomingMessage): Promise<Asked> {
  const given = new URL(request.url ?? '/', 'http://localhost').searchParams
  let body = decoded(request)
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(await readText(body), { headers: { 'content-type': type } }).formData()
    for (const [name, value] of form) if (typeof value === 'string') given.set(name, value)
    body = Readable.from([])
  }
  const settings: Record<string, string> = {}
  const params: Record<string, string> = {}
  for (const [name, value] of given) {
    if (REFUSED.includes(name))
      throw refuse(48, `${name} is not supported by the embedded ClickHouse`, 'NOT_IMPLEMENTED')
    if (!/^\w+$/.test(name)) throw refuse(115, `Unknown setting '${name}'`, 'UNKNOWN_SETTING')
    if (name.startsWith('param_')) params[name.slice(6)] = value
    else if (!NOT_SETTINGS.test(name)) settings[name] = value
  }
  const format = given.get('default_format') ?? 'TabSeparated'
  if (!/^\w+$/.test(format)) throw refuse(73, `Unknown format ${format}`, 'UNKNOWN_FORMAT')
  return {
    query: given.get('query') ?? '',
    format,
    database: given.get('database') ?? 'default',
    queryId: given.get('query_id') ?? undefined,
    settings,
    params,
    gzip: given.get('enable_http_compression') === '1' && /\bgzip\b/.test(request.headers['accept-encoding'] ?? ''),
    body,
  }
}

/** The whole body as text. @throws QueryError where it is too long for a statement */
export async function readText(body: Readable): Promise<string> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of body) {
    bytes += (piece as Buffer).length
    if (bytes > STATEMENT_BYTES) {
      throw refuse(62, `The statement is longer than ${STATEMENT_BYTES} bytes; send rows as an insert`, 'SYNTAX_ERROR')
    }
    pieces.push(piece as Buffer)
  }
  return Buffer.concat(pieces).toString()
}

function decoded(request: IncomingMessage): Readable {
  const encoding = request.headers['content-encoding']
  if (!encoding || encoding === 'identity') return request
  if (encoding === 'gzip') {
    const plain = createGunzip()
    request.once('error', (error) => plain.destroy(error))
    request.once('close', () => request.complete || plain.destroy(new Error('The client hung up')))
    return request.pipe(plain)
  }
  throw refuse(48, `Content-Encoding ${encoding} is not supported by the embedded ClickHouse`, 'NOT_IMPLEMENTED')
}
