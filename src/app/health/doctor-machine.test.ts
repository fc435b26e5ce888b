import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer as createHttp } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { holdEngines } from '#platform/engines/index.ts'
import { useSameMachine } from '../testing/second-house.ts'
import type { Probe } from './check.ts'
import { addressCheck, portCheck } from './checks/address.ts'
import { dataFolderCheck, leftoverCheck } from './checks/data-folder.ts'
import { roomFor } from './checks/machine.ts'
import { doctor } from './doctor.ts'
import type { Finding } from './finding.ts'
import { codes, useMachine } from './probed.ts'

// What is wrong with the machine, where nothing starts, and beside a house that runs.

const sameMachine = useSameMachine()
const { dataDir, configOf } = useMachine()
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

async function ofMachine(
  check: { run(probe: Probe): Promise<Finding[]> },
  settings: Record<string, string> = {},
): Promise<Finding[]> {
  return check.run({ config: configOf(settings), serving: false, thorough: true } as Probe)
}

describe('of the machine', () => {
  test('a disk that fills', () => {
    const GB = 1024 ** 3
    expect(codes(roomFor('/x', { free: 0.1 * GB, total: 100 * GB }))).toEqual(['disk_full'])
    expect(codes(roomFor('/x', { free: 1.5 * GB, total: 10 * GB }))).toEqual(['disk_low'])
    expect(codes(roomFor('/x', { free: 25 * GB, total: 1000 * GB }))).toEqual(['disk_low'])
    expect(codes(roomFor('/x', { free: 50 * GB, total: 100 * GB }))).toEqual([])
  })

  test('a data folder and keys that others may read', async () => {
    writeFileSync(join(dataDir(), 'secret.key'), 'x', { mode: 0o644 })
    chmodSync(dataDir(), 0o755)

    const findings = await ofMachine(dataFolderCheck)
    expect(findings.map(({ code, commands }) => [code, commands])).toEqual([
      ['folder_open', [`chmod 700 ${dataDir()}`]],
      ['secret_open', [`chmod 600 ${join(dataDir(), 'secret.key')}`]],
    ])

    chmodSync(dataDir(), 0o700)
    chmodSync(join(dataDir(), 'secret.key'), 0o600)
    expect(await ofMachine(dataFolderCheck)).toEqual([])
  })

  test('an engine that nobody supervises, a lock held elsewhere, a process number of nobody', async () => {
    const stray = spawn('sleep', ['60'])
    children.push(stray)
    const { identityOf } = await import('#platform/engines/process-identity.ts')
    writeFileSync(join(dataDir(), 'engines.json'), JSON.stringify({ running: { postgres: identityOf(stray.pid!) } }))
    mkdirSync(join(dataDir(), 'postgres'))
    writeFileSync(join(dataDir(), 'postgres', 'postmaster.pid'), `${stray.pid}\n`)
    const lock = JSON.stringify(new URL('../../platform/engines/lock.ts', import.meta.url).href)
    const holder = spawn(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `const { takeLock } = await import(${lock}); globalThis.held = takeLock(${JSON.stringify(join(dataDir(), 'engines.lock'))}); console.log('held'); setInterval(() => globalThis.held, 1000)`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    children.push(holder)
    await new Promise((resolve) => holder.stdout!.once('data', resolve))

    const findings = await ofMachine(leftoverCheck)

    expect(codes(findings)).toEqual(['orphan_engine', 'foreign_lock', 'stale_pid'])
    expect(findings[0]!.commands).toContain(`kill -INT ${stray.pid}`)
  })

  test('a port that another program has, but not one that is ours', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    const ours = createHttp((_, answer) => answer.end('{"ok":true,"projection":{}}')).listen(0, '127.0.0.1')
    await Promise.all([other, ours].map((one) => new Promise((resolve) => one.once('listening', resolve))))
    const portOf = (one: typeof other) => String((one.address() as { port: number }).port)

    expect(codes(await ofMachine(portCheck, { PORT: portOf(other) }))).toEqual(['port_taken'])
    expect(codes(await ofMachine(portCheck, { PORT: portOf(ours) }))).toEqual([])
    expect(codes(await ofMachine(portCheck, { PORT: '7399', HOST: '203.0.113.7' }))).toEqual(['port_refused'])
    other.close()
    ours.close()
  })

  test.each<[string, Record<string, string>, string[]]>([
    ['for this machine alone', {}, []],
    ['for the network in the open', { HOST: '0.0.0.0' }, ['open_without_tls']],
    ['behind a proxy', { PUBLIC_URL: 'https://shop.example.com', TRUST_PROXY: 'yes' }, []],
    ['behind a proxy that is not believed', { PUBLIC_URL: 'https://shop.example.com' }, ['proxy_not_trusted']],
    [
      'past a proxy',
      { PUBLIC_URL: 'https://shop.example.com', TRUST_PROXY: 'yes', HOST: '0.0.0.0' },
      ['proxy_passed_by'],
    ],
    ['in the open under a name', { PUBLIC_URL: 'http://shop.example.com' }, ['public_url_http']],
    ['below a path', { PUBLIC_URL: 'https://example.com/shop', TRUST_PROXY: 'yes' }, ['public_url_path']],
    [
      'under a name that only this machine knows',
      { PUBLIC_URL: 'http://localhost:7300', HOST: '0.0.0.0' },
      ['open_without_tls', 'public_url_local'],
    ],
  ])('an address %s', async (_name, settings, expected) => {
    expect(codes(await ofMachine(addressCheck, settings))).toEqual(expected)
  })
})

describe('where nothing starts', () => {
  test('no house yet', async () => {
    const config = { ...configOf(), dataDir: join(dataDir(), 'nowhere') }

    expect(codes(await doctor(config))).toEqual(['no_house'])
  })

  test('engines that cannot be had say why', async () => {
    mkdirSync(join(dataDir(), 'postgres', 'global'), { recursive: true })
    writeFileSync(join(dataDir(), 'postgres', 'PG_VERSION'), '17\n')
    writeFileSync(join(dataDir(), 'postgres', 'global', 'pg_control'), '')

    const [refused] = await doctor(configOf({ CLICKHOUSE_URL: 'http://127.0.0.1:1' }))

    expect(refused).toMatchObject({ code: 'engines_refused', level: 'wrong' })
    expect(refused!.params!.reason).toContain('Postgres 17')
  })

  test('one engine that is down is named, the rest is looked at', async () => {
    const other = await sameMachine()
    await (await other.open()).close()

    const findings = await doctor(configOf({ DATABASE_URL: other.databaseUrl, CLICKHOUSE_URL: 'http://127.0.0.1:1/x' }))

    expect(findings[0]).toMatchObject({ code: 'columns_down', commands: ['curl -sS "$CLICKHOUSE_URL/ping"'] })
    expect(codes(findings)).not.toContain('records_down')
  })
})

test('what was left behind is seen before the look clears it, and a house that runs is looked at from beside', async () => {
  const engines = await holdEngines({ dataDir: dataDir(), durable: false })
  await engines.release()
  writeFileSync(join(dataDir(), 'postgres', 'postmaster.pid'), '999999\n')

  expect(codes(await doctor(configOf()))).toEqual(expect.arrayContaining(['stale_pid', 'no_tables']))

  const held = await holdEngines({ dataDir: dataDir(), durable: false })
  const beside = await doctor(configOf())
  expect(codes(beside)).not.toContain('stale_pid')
  expect(codes(beside)).not.toContain('orphan_engine')
  await held.release()
})
