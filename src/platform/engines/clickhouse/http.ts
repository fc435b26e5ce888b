import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type Answer, openAnswer } from './answer.ts'
import type { Engine, Query } from './engine.ts'
import { refuse, toQueryError } from './query-error.ts'
import { type Asked, readRequest, readText } from './request.ts'
import type { openSpool } from './spool.ts'
import { hasSecondStatement, insertFromFile, isPiecewise, isSelect, takeFormat } from './statement.ts'

type House = { engine: Engine; spool: ReturnType<typeof openSpool>; user: string; password: string }

/** ClickHouse's HTTP interface, as far as the official client and a person with curl use it. */
export function clickhouseServer(house: House): Server {
  // Bound parameters come in the address: the client keeps them below a megabyte, Node's own limit is 16 kB.
  const server = createServer({ maxHeaderSize: 1024 * 1024 }, (request, response) => {
    response.on('error', () => {})
    const path = request.url?.split('?')[0]
    if (path === '/ping') {
      response.end('Ok.\n')
      return
    }
    void serve(house, request, response)
  })
  // The client keeps connections for reuse; ours must outlive its idle time, or it writes into a closing one.
  server.keepAliveTimeout = 65_000
  server.requestTimeout = 0
  return server
}

async function serve(house: House, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const hangUp = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) hangUp.abort(new Error('The client hung up'))
  })
  let answer: Answer = openAnswer(response, randomUUID(), false)
  try {
    if (!isAllowed(house, request)) {
      throw refuse(516, 'Authentication failed: the password is incorrect', 'AUTHENTICATION_FAILED')
    }
    const asked = await readRequest(request)
    answer = openAnswer(response, asked.queryId ?? randomUUID(), asked.gzip)
    await perform(house, asked, hangUp.signal, answer)
  } catch (error) {
    await answer.fail(toQueryError(error))
  } finally {
    // What was not read (an error came first) is thrown away, so that the connection can be used again.
    request.resume()
  }
}

async function perform(house: House, asked: Asked, signal: AbortSignal, answer: Answer): Promise<void> {
  const rowsFollow = asked.query !== '' && insertFromFile(asked.query, '') !== undefined
  const file = rowsFollow ? await house.spool.keep(asked.body) : undefined
  try {
    const text = file ? '' : await readText(asked.body)
    const whole = [asked.query, text].filter((part) => part !== '').join('\n')
    const sql = file ? insertFromFile(asked.query, file.path) : whole
    if (!sql?.trim()) throw refuse(62, 'Syntax error: Empty query', 'SYNTAX_ERROR')
    const counts = await house.engine.run(plan(sql, asked), signal, answer.piece)
    await answer.end({ ...counts, written: file ? counts.rows : 0 })
  } finally {
    await file?.drop()
  }
}

function plan(sql: string, asked: Asked): Query {
  if (hasSecondStatement(sql)) {
    throw refuse(62, 'Syntax error: Multi-statements are not allowed; send one statement at a time', 'SYNTAX_ERROR')
  }
  const select = isSelect(sql)
  const named = select ? takeFormat(sql) : { sql }
  const format = named.format ?? asked.format ?? 'TabSeparated'
  return {
    sql: named.sql,
    format,
    database: asked.database ?? 'default',
    settings: asked.settings,
    params: asked.params,
    piecewise: select && !asked.waitForEnd && isPiecewise(format),
  }
}

function isAllowed(house: House, request: IncomingMessage): boolean {
  const { headers } = request
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
