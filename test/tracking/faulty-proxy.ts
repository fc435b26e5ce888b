import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Random } from '../crash/random.ts'

/** What goes wrong on a bad line: nothing arrives; it arrives and the answer does not; both come late; it arrives twice. */
const faults = ['lost', 'answer lost', 'late', 'doubled'] as const
export type Fault = (typeof faults)[number]

export type Proxy = {
  url: string
  exchanges(): number
  committed: Record<Fault, number>
  close(): Promise<void>
}

type Answer = { status: number; headers: IncomingMessage['headers']; body: Buffer }

/**
 * A line between a client and a server that fails one exchange in five, of all four kinds alike. What a server's death breaks off is
 * one more that resets; what comes while it starts again waits before it, as before a load balancer. (A client waits
 * twice as long after each reset, to a minute: where every exchange of an outage is reset, the test measures that.)
 * @param origin where the server is now; undefined while it is nowhere
 */
export async function faultyProxy(origin: () => string | undefined, random: Random): Promise<Proxy> {
  const committed: Record<Fault, number> = { lost: 0, 'answer lost': 0, late: 0, doubled: 0 }
  let exchanges = 0
  const server = createServer(async (asked, answer) => {
    exchanges += 1
    const fault = random.below(5) === 0 ? random.of(faults) : undefined
    if (fault) committed[fault] += 1
    try {
      const pieces: Buffer[] = []
      for await (const piece of asked) pieces.push(piece as Buffer)
      const body = Buffer.concat(pieces)
      if (fault === 'lost') return void asked.socket.destroy()
      if (fault === 'late') await pause(200 + random.below(800))
      const told = forward(origin, asked, body)
      if (fault === 'doubled') await Promise.allSettled([told, forward(origin, asked, body)])
      const { status, headers, body: text } = await told
      if (fault === 'answer lost') return void asked.socket.resetAndDestroy()
      if (fault === 'late') await pause(200 + random.below(800))
      answer.writeHead(status, { ...headers, connection: 'close' }).end(text)
    } catch {
      asked.socket.destroy()
    }
  })
  server.on('clientError', (_, socket) => socket.destroy())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges: () => exchanges,
    committed,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** How long an exchange waits for a server that is away, in milliseconds: a busy machine starts one in ten seconds. */
const patience = 45_000

async function forward(whereIs: () => string | undefined, asked: IncomingMessage, body: Buffer): Promise<Answer> {
  const since = performance.now()
  while (!whereIs() && performance.now() - since < patience) await pause(50)
  const origin = whereIs()
  if (!origin) throw new Error('away')
  return new Promise((resolve, reject) => {
    const { method, headers, url = '/' } = asked
    const told = request(new URL(url, origin), {
      method,
      headers: { ...headers, connection: 'close' },
      timeout: 20_000,
    })
    told.once('error', reject)
    told.once('timeout', () => told.destroy(new Error('too late')))
    told.once('response', async (answer) => {
      try {
        const pieces: Buffer[] = []
        for await (const piece of answer) pieces.push(piece as Buffer)
        resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: Buffer.concat(pieces) })
      } catch (error) {
        reject(error)
      }
    })
    told.end(body)
  })
}
