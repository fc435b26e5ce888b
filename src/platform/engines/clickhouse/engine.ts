import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { defaultSettings, RUNNING, STATEMENT_BYTES, WAITING } from './limits.ts'
import { type Connection, loadNative, type NativeResult } from './native.ts'
import { refuse } from './query-error.ts'
import { slots } from './slots.ts'
import { quote } from './statement.ts'

export type Query = {
  sql: string
  /** For a statement without a FORMAT of its own. */
  format: string
  database: string
  settings: Record<string, string>
  /** Bound parameters, written as in ClickHouse's HTTP interface (`\N` for null, `\t` escaped). */
  params: Record<string, string>
}

export type Engine = {
  /** Runs one statement. The result is made whole in memory: long ones are better sent to a file. */
  run(query: Query, signal: AbortSignal): Promise<NativeResult>
  /** Ends what runs and closes the data. */
  close(): Promise<void>
}

/**
 * Opens a data path. Connections to one path run side by side and cost 0.15 ms, so every query has one of its own:
 * nothing it sets, binds or uses can reach another, and control (KILL QUERY) never waits behind one. chdb's own
 * binding of parameters is shared by the whole process, hence serial.
 */
export async function openEngine(path: string, configFile: string): Promise<Engine> {
  const native = loadNative()
  const places = slots(RUNNING, WAITING)
  // Bound values go by a SET, which may be as long as a statement may be; the statement itself is held to the usual.
  const long = [`--max_query_size=${STATEMENT_BYTES}`]
  const anchor = native.CreateConnection(path, [`--config-file=${configFile}`])
  await native.QueryAsyncConnection(anchor, 'SELECT 1', 'TSV')

  async function control(sql: string): Promise<void> {
    const connection = native.CreateConnection(path)
    try {
      await native.QueryAsyncConnection(connection, sql, 'TSV')
    } finally {
      native.CloseConnection(connection)
    }
  }

  async function run(query: Query, signal: AbortSignal): Promise<NativeResult> {
    const giveBack = await places.take(signal)
    if (!giveBack)
      throw refuse(202, `Too many queries: ${RUNNING} run, ${WAITING} wait`, 'TOO_MANY_SIMULTANEOUS_QUERIES')
    try {
      const connection = native.CreateConnection(path, long)
      try {
        return await runOn(connection, query, signal)
      } finally {
        native.CloseConnection(connection)
      }
    } finally {
      giveBack()
    }
  }

  async function runOn(connection: Connection, query: Query, signal: AbortSignal): Promise<NativeResult> {
    const tag = `regulars-${randomUUID()}`
    let over = false
    // The query is only listed a moment after it was sent, so ask until it is over.
    const killUntilOver = async (): Promise<void> => {
      for (let wait = 20; !over; wait = Math.min(wait * 2, 1000)) {
        await control(`KILL QUERY WHERE Settings['log_comment'] = ${quote(tag)} ASYNC`).catch(() => {})
        await sleep(wait)
      }
    }
    const onAbort = (): void => void killUntilOver()
    try {
      await native.QueryAsyncConnection(connection, prologue(query, tag), 'TSV')
      signal.throwIfAborted()
      signal.addEventListener('abort', onAbort, { once: true })
      return await native.QueryAsyncConnection(connection, query.sql, query.format)
    } finally {
      over = true
      signal.removeEventListener('abort', onAbort)
    }
  }

  async function close(): Promise<void> {
    for (let tries = 0; tries < 20 && places.taken() > 0; tries++) {
      await control('KILL QUERY WHERE 1 ASYNC').catch(() => {})
      await sleep(100)
    }
    if (places.taken() === 0) native.CloseConnection(anchor)
  }

  return { run, close }
}

/** Everything the statement runs under. The tag is how KILL QUERY finds it: chdb gives query ids of its own. */
function prologue(query: Query, tag: string): string {
  const settings = { ...defaultSettings, ...query.settings, log_comment: tag }
  const params = Object.entries(query.params).map(([name, value]) => [`param_${name}`, value] as const)
  const set = [...Object.entries(settings), ...params].map(([name, value]) => `${name} = ${quote(value)}`)
  return `SET ${set.join(', ')}; USE \`${query.database.replaceAll('`', '\\`')}\``
}
