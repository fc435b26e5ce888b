import { createServer } from 'node:net'

/**
 * A loopback port that is free now: the preferred one, or any. Another program may take it before it is used, so
 * whoever binds it must be ready to ask again.
 */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await tryPort(preferred)) !== undefined) return preferred
  const port = await tryPort(0)
  if (port === undefined) throw new Error('No free port on 127.0.0.1: too many connections are open on this machine.')
  return port
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(undefined))
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : undefined))
    })
  })
}
