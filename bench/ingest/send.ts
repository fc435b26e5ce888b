// The load, in a process of its own: bare sockets, so that the client costs as little as it can beside the server.
//   node bench/ingest/send.ts '{"origin","key","run","seconds","connections","size","people","rate"?}'
// size: messages a request; rate: messages a second in all, as fast as answered where absent. Tells one line of JSON.

import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { batchOf, messageOf } from './bodies.ts'

export type Load = {
  origin: string
  key: string
  run: string
  seconds: number
  connections: number
  /** Messages a request. */
  size: number
  people: number
  rate?: number
  /** At most so many messages. */
  messages?: number
}
export type Sent = {
  messages: number
  requests: number
  seconds: number
  statuses: Record<string, number>
  latencies: number[]
}

const load = JSON.parse(process.argv[2]!) as Load
const { hostname, port } = new URL(load.origin)
const head = `POST /v1/${load.size === 1 ? 'track' : 'batch'} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Basic ${Buffer.from(`${load.key}:`).toString('base64')}\r\nContent-Type: application/json\r\nContent-Length: `
const latencies: number[] = []
const statuses: Record<string, number> = {}
let next = 0
let messages = 0
const began = performance.now()
const until = began + load.seconds * 1000

await Promise.all(Array.from({ length: load.connections }, oneConnection))
const seconds = (performance.now() - began) / 1000
const sent: Sent = { messages, requests: latencies.length, seconds, statuses, latencies: sampled(latencies) }
process.stdout.write(`${JSON.stringify(sent)}\n`)

async function oneConnection(): Promise<void> {
  const socket = connect(Number(port), hostname)
  socket.setNoDelay(true)
  let got = ''
  let answered: ((status: string) => void) | undefined
  socket.on('data', (data) => {
    got += data.toString('latin1')
    const end = got.indexOf('\r\n\r\n')
    if (end < 0) return
    const length = Number(/content-length: (\d+)/i.exec(got)?.[1] ?? 0)
    const chunked = /transfer-encoding: chunked/i.test(got)
    if (chunked ? !got.endsWith('0\r\n\r\n') : got.length < end + 4 + length) return
    const status = got.slice(9, 12)
    got = ''
    answered?.(status)
  })
  socket.on('error', () => answered?.('error'))
  while (performance.now() < until) {
    const from = next
    if (load.messages && from >= load.messages) break
    next += load.size
    if (load.rate) {
      const due = began + (from / load.rate) * 1000
      const wait = due - performance.now()
      if (wait > 1) await pause(wait)
      if (performance.now() >= until) break
    }
    const body =
      load.size === 1 ? messageOf(load.run, from, load.people) : batchOf(load.run, from, load.size, load.people)
    const at = performance.now()
    const status = await new Promise<string>((resolve) => {
      answered = resolve
      socket.write(`${head}${Buffer.byteLength(body)}\r\n\r\n${body}`)
    })
    latencies.push(performance.now() - at)
    statuses[status] = (statuses[status] ?? 0) + 1
    if (status === '200') messages += load.size
    if (status === 'error') break
  }
  socket.destroy()
}

/** At most 100,000, evenly. */
function sampled(values: number[]): number[] {
  const step = Math.max(1, Math.ceil(values.length / 100_000))
  return values.filter((_, place) => place % step === 0).map((value) => Math.round(value * 100) / 100)
}
