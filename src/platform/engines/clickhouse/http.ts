import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { answer, answerWithError } from './answer.ts'
import type { Engine } from './engine.ts'
import { refuse, toQueryError } from './query-error.ts'
import { type Asked, readRequest, readText } from './request.ts'
import type { openSpool, SpoolFile } from './spool.ts'
import { insertFromFile, oneStatement, selectIntoFile } from './statement.ts'

type House = { engine: Engine; spool: ReturnType<typeof openSpool>; user: string; password: string }

/** ClickHouse's HTTP interface, as far as the official client, or a person with curl, uses it. */
export function clickhouseServer(house: House): Server {
  // Bound parameters come in the address: a server takes a megabyte of it, Node's own limit is 16 kB.
  const server = createServer({ maxHeaderSize: 1024 * 1024 }, (request, response) => {
    response.on('error', () => {})
    if (request.url?.split('?')[0] === '/ping') response.end('Ok.\n')
    else void serve(house, request, response)
  })
  // Clients keep connections for reuse; ours must outlive theirs, or they write into a closing one.
  server.keepAliveTimeout = 65_000
  server.requestTimeout = 0
  return server
}

async function serve(house: House, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const hangUp = new AbortController()
  response.once('close', () => hangUp.abort(new Error('The client hung up')))
  let queryId: string = randomUUID()
  const file = house.spool.file()
  try {
    if (!isAllowed(house, request)) {
      throw refuse(516, 'Authentication failed: the name or the password is incorrect', 'AUTHENTICATION_FAILED')
    }
    const asked = await readRequest(request)
    queryId = asked.queryId ?? queryId
    const { sql, inserts, selects } = await plan(asked, file)
    const { settings, params, gzip, format, database } = asked
    const result = await house.engine.run({ sql, settings, params, format, database }, hangUp.signal)
    const written = inserts ? result.rowsRead : undefined
    await answer(response, { queryId, gzip, written }, result, selects ? file.path : undefined)
  } catch (error) {
    answerWithError(response, queryId, toQueryError(error))
  } finally {
    await file.drop()
    // What was not read, because an error came first, is thrown away: the connection can then be used again.
    request.resume()
  }
}

/** What to run: rows come by the file, or go to it. */
async function plan(asked: Asked, file: SpoolFile): Promise<{ sql: string; inserts: boolean; selects: boolean }> {
  const insert = insertFromFile(asked.query, file.path)
  if (insert !== undefined) {
    await file.fill(asked.body)
    return { sql: insert, inserts: true, selects: false }
  }
  const text = await readText(asked.body)
  const sql = oneStatement([asked.query, text].filter((part) => part !== '').join('\n'))
  const select = selectIntoFile(sql, asked.format, file.path)
  return { sql: select ?? sql, inserts: false, selects: select !== undefined }
}

function isAllowed(house: House, { headers }: IncomingMessage): boolean {
  let user = headers['x-clickhouse-user']
  let key = headers['x-clickhouse-key']
  const basic = /^Basic (.+)$/.exec(headers.authorization ?? '')?.[1]
  if (basic) {
    const pair = Buffer.from(basic, 'base64').toString()
    user = pair.slice(0, pair.indexOf(':'))
    key = pair.slice(pair.indexOf(':') + 1)
  }
  return same(String(key ?? ''), house.password) && same(String(user ?? ''), house.user)
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
const same = (given: string, right: string): boolean => timingSafeEqual(digest(given), digest(right))
