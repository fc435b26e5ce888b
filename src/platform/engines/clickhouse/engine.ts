import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { drainPending, Session } from 'chdb'
import { defaultSettings, RUNNING, WAITING, WHOLE_ANSWER_BYTES } from './limits.ts'
import { refuse } from './query-error.ts'
import { slots } from './slots.ts'
import { quote } from './statement.ts'

export type Query = {
  sql: string
  /** For a statement without a FORMAT of its own. */
  format: string
  database: string
  settings: Record<string, string>
  /** Bound parameters, written as in ClickHouse's HTTP interface (`\N`, `\t` escaped). */
  params: Record<string, string>
  /** In pieces as they come, for formats that allow it; otherwise whole. */
  piecewise: boolean
}

export type Counts = { rows: number; bytes: number; seconds: number }
export type Engine = {
  /** Hands over the answer's bytes piece by piece and waits for each to be taken. An abort becomes KILL QUERY. */
  run(query: Query, signal: AbortSignal, take: (piece: Uint8Array) => Promise<void>): Promise<Counts>
  close(): Promise<void>
}

/**
 * Opens a data path. Sessions on one path run side by side and cost 0.3 ms, so every query has one of its own: nothing
 * it sets, binds or uses can reach another (chdb's own binding of parameters is shared by the process, and serial).
 */
export async function openEngine(path: string, configFile: string): Promise<Engine> {
  const anchor = new Session(path, { connectionArgs: [`--config-file=${configFile}`] })
  await anchor.queryAsync('SELECT 1')
  const places = slots(RUNNING, WAITING)

  async function kill(tag: string): Promise<void> {
    const control = new Session(path)
    try {
      await control.queryAsync(`KILL QUERY WHERE Settings['log_comment'] = ${quote(tag)} ASYNC`)
    } finally {
      control.close()
    }
  }

  async function run(query: Query, signal: AbortSignal, take: (piece: Uint8Array) => Promise<void>): Promise<Counts> {
    const giveBack = await places.take(signal)
    if (!giveBack)
      throw refuse(202, `Too many queries: ${RUNNING} run and ${WAITING} wait`, 'TOO_MANY_SIMULTANEOUS_QUERIES')
    const session = new Session(path)
    const tag = `regulars-${randomUUID()}`
    let over = false
    // A query is only found a moment after it was sent, so ask until it is over.
    const killUntilOver = async (): Promise<void> => {
      for (let wait = 20; !over; wait = Math.min(wait * 2, 1000)) {
        await kill(tag).catch(() => {})
        await sleep(wait)
      }
    }
    const onAbort = (): void => void killUntilOver()
    try {
      await session.queryAsync(prologue(query, tag))
      signal.throwIfAborted()
      signal.addEventListener('abort', onAbort, { once: true })
      return await (query.piecewise ? stream(session, query, signal, take) : whole(session, query, take))
    } finally {
      over = true
      signal.removeEventListener('abort', onAbort)
      session.close()
      giveBack()
    }
  }

  async function close(): Promise<void> {
    await anchor.queryAsync('KILL QUERY WHERE 1 ASYNC').catch(() => {})
    anchor.close()
    await drainPending()
  }

  return { run, close }
}

async function whole(session: Session, query: Query, take: (piece: Uint8Array) => Promise<void>): Promise<Counts> {
  const result = await session.queryAsync(query.sql, { format: query.format })
  await take(result.bytes())
  return { rows: result.rowsRead, bytes: result.bytesRead, seconds: result.elapsed }
}

async function stream(
  session: Session,
  query: Query,
  signal: AbortSignal,
  take: (piece: Uint8Array) => Promise<void>,
): Promise<Counts> {
  const counts: Counts = { rows: 0, bytes: 0, seconds: 0 }
  for await (const piece of session.queryStream(query.sql, { format: query.format, signal })) {
    counts.rows += piece.numRows
    counts.bytes += piece.numBytes
    await take(piece.raw())
  }
  return counts
}

/** Everything the statement runs under. The tag is how KILL QUERY finds it: chdb gives query ids of its own. */
function prologue(query: Query, tag: string): string {
  const limits = query.piecewise ? {} : { max_result_bytes: String(WHOLE_ANSWER_BYTES), result_overflow_mode: 'throw' }
  const settings = { ...defaultSettings, ...limits, ...query.settings, log_comment: tag }
  const params = Object.entries(query.params).map(([name, value]) => [`param_${name}`, value] as const)
  const set = [...Object.entries(settings), ...params].map(([name, value]) => `${name} = ${quote(value)}`)
  return `SET ${set.join(', ')}; USE \`${query.database.replaceAll('`', '\\`')}\``
}
