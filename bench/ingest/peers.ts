// What ours is held against, on the same HTTP server and the same Postgres:
//   bare: writes each request as it is, one insert, and understands nothing
//   usual: one insert for each event, as most such servers do
// node bench/ingest/peers.ts bare|usual DATABASE_URL

import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { openPool } from '#platform/postgres/connect.ts'

const [, , way, url] = process.argv
const pool = openPool(url!, { size: 12 })
await pool.query(
  'create table if not exists bench_bare (id bigint generated always as identity primary key, at timestamptz not null default now(), body bytea not null)',
)
await pool.query(
  'create table if not exists bench_usual (id bigint generated always as identity primary key, message_id text not null, user_id text, event text, at timestamptz, properties jsonb, context jsonb)',
)

type Told = {
  messageId: string
  userId: string
  event?: string
  timestamp: string
  properties?: object
  traits?: object
  context: object
}

const app = new Hono()
app.post('/v1/:type', async (c) => {
  const body = Buffer.from(await c.req.arrayBuffer())
  if (way === 'bare') await pool.query('insert into bench_bare (body) values ($1)', [body])
  else {
    const told = JSON.parse(body.toString()) as Told & { batch?: Told[] }
    for (const one of told.batch ?? [told]) {
      await pool.query(
        'insert into bench_usual (message_id, user_id, event, at, properties, context) values ($1, $2, $3, $4, $5, $6)',
        [one.messageId, one.userId, one.event, one.timestamp, one.properties ?? one.traits, one.context],
      )
    }
  }
  return c.json({ success: true })
})
const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }: AddressInfo) => {
  process.stdout.write(`http://127.0.0.1:${port}\n`)
})
process.once('SIGTERM', () => {
  server.close()
  void pool.end().then(() => process.exit(0))
})
