// The process that has ClickHouse inside. Its supervisor writes one line of JSON on its input, and keeps that open:
// when the input ends, however the supervisor ended, this ends too. It says `{"port":…}` on its output when it answers.

import { mkdirSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { writeConfigFile } from './clickhouse/config-file.ts'
import { openEngine } from './clickhouse/engine.ts'
import { clickhouseServer } from './clickhouse/http.ts'
import { openSpool } from './clickhouse/spool.ts'

export type HostOrder = { dataDir: string; user: string; password: string; port?: number; durable: boolean }

const CLOSING_MS = 5000

// The supervisor decides when this stops; a signal to the whole group (systemd, Ctrl-C) must not come first.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})

const input = createInterface({ input: process.stdin })
input.once('line', (line) => {
  open(JSON.parse(line) as HostOrder).catch((error: unknown) => {
    process.stdout.write(`${JSON.stringify({ failed: error instanceof Error ? error.message : String(error) })}\n`)
    process.exit(1)
  })
})
let close = (): Promise<void> => Promise.resolve()
input.once('close', () => {
  // A query that cannot be killed must not keep a process that nobody owns.
  setTimeout(() => process.exit(0), CLOSING_MS).unref()
  void close().finally(() => process.exit(0))
})

async function open(order: HostOrder): Promise<void> {
  const data = join(order.dataDir, 'clickhouse')
  const aside = join(order.dataDir, 'clickhouse-temporary')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  // What a killed process had put aside of its sorts and groups.
  rmSync(join(data, 'tmp'), { recursive: true, force: true })
  const spool = openSpool(aside)
  const config = join(aside, 'config.xml')
  writeConfigFile(config, order.durable)
  const engine = await openEngine(data, config)
  const sql = `CREATE DATABASE IF NOT EXISTS ${order.user}`
  await engine.run({ sql, format: 'TSV', database: 'default', settings: {}, params: {} }, new AbortController().signal)
  const server = clickhouseServer({ engine, spool, user: order.user, password: order.password })
  close = async () => {
    server.close()
    server.closeAllConnections()
    await engine.close()
  }
  const port = await listen(order.port)
  process.stdout.write(`${JSON.stringify({ port })}\n`)

  function listen(wish = 0): Promise<number> {
    return new Promise((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'EADDRINUSE' && wish !== 0) listen(0).then(resolve, reject)
        else reject(error)
      })
      server.listen(wish, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
    })
  }
}
