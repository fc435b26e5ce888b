import { createServer } from 'node:net'
import type { Config } from '#platform/config.ts'
import type { Check } from '../check.ts'
import type { Finding } from '../finding.ts'

/** Whether the port can be had, or is ours already. */
export const portCheck: Check = {
  name: 'port',
  needs: [],
  async run({ config, serving }) {
    if (serving || config.port === 0) return []
    const trouble = await tryPort(config)
    if (!trouble || (trouble === 'EADDRINUSE' && (await isOurs(config)))) return []
    const params = { port: config.port, host: config.host, code: trouble }
    const free = config.port < 1024 ? 7300 : config.port + 1
    if (trouble === 'EADDRINUSE') {
      const commands = [`ss -ltnp 'sport = :${config.port}'`, `PORT=${free} regulars start`]
      return [{ code: 'port_taken', level: 'wrong', params, commands }]
    }
    return [{ code: 'port_refused', level: 'wrong', params, commands: [`HOST=127.0.0.1 PORT=${free} regulars start`] }]
  },
}

/** Whether people reach the shop by an address that makes sense, and not in the open. */
export const addressCheck: Check = {
  name: 'address',
  needs: [],
  async run({ config: { host, port, publicUrl, trustProxy } }) {
    const found: Finding[] = []
    const open = !isLoopback(host)
    const address = publicUrl ? new URL(publicUrl) : undefined
    const https = address?.protocol === 'https:'
    if (open && !https) {
      const commands = [
        'echo HOST=127.0.0.1 >> regulars.env',
        'echo PUBLIC_URL=https://shop.example.com >> regulars.env',
      ]
      found.push({ code: 'open_without_tls', level: 'look', params: { host }, commands })
    }
    if (!address) return found
    const params = { url: address.origin }
    if (!https && !isLoopback(address.hostname))
      found.push({
        code: 'public_url_http',
        level: 'wrong',
        params,
        commands: [`echo PUBLIC_URL=https://${address.host} >> regulars.env`],
      })
    if (address.pathname !== '/' || address.search)
      found.push({
        code: 'public_url_path',
        level: 'wrong',
        params,
        commands: [`echo PUBLIC_URL=${address.origin} >> regulars.env`],
      })
    if (isLoopback(address.hostname) && open)
      found.push({
        code: 'public_url_local',
        level: 'look',
        params,
        commands: [`echo PUBLIC_URL=http://$(hostname -I | cut -d' ' -f1):${port} >> regulars.env`],
      })
    if (https && !trustProxy)
      found.push({
        code: 'proxy_not_trusted',
        level: 'look',
        params,
        commands: ['echo TRUST_PROXY=yes >> regulars.env'],
      })
    if (trustProxy && open)
      found.push({
        code: 'proxy_passed_by',
        level: 'wrong',
        params: { host },
        commands: ['echo HOST=127.0.0.1 >> regulars.env'],
      })
    return found
  },
}

function tryPort({ host, port }: Config): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name))
    probe.listen(port, host, () => probe.close(() => resolve(undefined)))
  })
}

async function isOurs({ host, port }: Config): Promise<boolean> {
  const at = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  try {
    const answer = await fetch(`http://${at.includes(':') ? `[${at}]` : at}:${port}/health`, {
      signal: AbortSignal.timeout(3000),
    })
    return 'projection' in ((await answer.json()) as object)
  } catch {
    return false
  }
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || host.startsWith('127.')
