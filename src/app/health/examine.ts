import { hostname, totalmem } from 'node:os'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Locale } from '#platform/i18n/index.ts'
import { faultOf } from '#platform/log.ts'
import { projectionLag } from '#understand/projection/index.ts'
import { listBackups } from '../backup/index.ts'
import { version } from '../version.ts'
import type { Check, Probe } from './check.ts'
import { addressCheck, portCheck } from './checks/address.ts'
import { backupCheck } from './checks/backups.ts'
import { clockCheck, zoneCheck } from './checks/clocks.ts'
import { columnsCheck } from './checks/columns.ts'
import { dataFolderCheck, leftoverCheck } from './checks/data-folder.ts'
import { diskCheck, diskOf, memoryCheck, nodeCheck } from './checks/machine.ts'
import { migrationCheck, serverCheck, settingsCheck, transactionCheck } from './checks/records.ts'
import { secretsCheck } from './checks/secrets.ts'
import { jobsCheck, listenersCheck, projectionCheck } from './checks/work.ts'
import type { HouseHealth } from './contract.ts'
import { type Finding, told } from './finding.ts'
import { queueOf } from './queue.ts'

/** In the order in which they are told. */
export const checks: readonly Check[] = [
  ...[nodeCheck, memoryCheck, diskCheck, dataFolderCheck, leftoverCheck, portCheck, addressCheck],
  ...[serverCheck, settingsCheck, migrationCheck, transactionCheck, secretsCheck, columnsCheck, clockCheck, zoneCheck],
  ...[jobsCheck, listenersCheck, projectionCheck, backupCheck],
]

/** A check that takes longer is given up: an engine that hangs must not hang the look. */
const patienceMs = 15_000

/** Checks of the machine alone, for where the engines cannot be had. */
export async function examineMachine(probe: Omit<Probe, 'ctx'>): Promise<Finding[]> {
  const alone = checks.filter(({ needs }) => needs.length === 0)
  return (await Promise.all(alone.map((check) => run(check, probe as Probe)))).flat()
}

/** Everything that is not right with this installation, what is wrong first. */
export async function examine(probe: Probe): Promise<Finding[]> {
  const up = await enginesUp(probe.ctx)
  const possible = checks.filter(({ needs }) => needs.every((engine) => up[engine]))
  const found = (await Promise.all(possible.map((check) => run(check, probe)))).flat()
  for (const engine of ['records', 'columns'] as const) {
    if (!up[engine]) found.unshift({ code: `${engine}_down`, level: 'wrong', commands: askAfter(engine, probe) })
  }
  return [...found.filter(({ level }) => level === 'wrong'), ...found.filter(({ level }) => level === 'look')]
}

function askAfter(engine: 'records' | 'columns', { config }: Probe): string[] {
  if (engine === 'records' && config.databaseUrl) return ['psql "$DATABASE_URL" -c "select version()"']
  if (engine === 'columns' && config.clickhouseUrl) return ['curl -sS "$CLICKHOUSE_URL/ping"']
  return [`tail -50 ${config.dataDir}/engines.log`, 'regulars start']
}

/** How the house is, for its page: figures and findings. */
export async function lookAtHouse(probe: Probe, locale: Locale): Promise<HouseHealth> {
  const { ctx, config } = probe
  const [up, findings] = await Promise.all([enginesUp(ctx), examine(probe)])
  const both = up.records && up.columns
  const [records, columns, queue, lag, backups, disk] = await Promise.all([
    up.records ? recordsOf(ctx) : {},
    up.columns ? columnsOf(ctx) : {},
    up.records ? queueOf(ctx) : undefined,
    both ? projectionLag(ctx) : undefined,
    up.records ? listBackups(ctx, { limit: 1, done: true }) : [],
    diskOf(config.dataDir),
  ])
  const [last] = backups
  return {
    ok: findings.every(({ level }) => level !== 'wrong'),
    at: ctx.clock.machine().toISOString(),
    version,
    node: process.versions.node,
    machine: hostname(),
    checks: checks.length,
    findings: findings.map((finding) => told(locale, finding)),
    records: { up: up.records, embedded: !config.databaseUrl, ...records },
    columns: { up: up.columns, embedded: !config.clickhouseUrl, ...columns },
    disk: { path: config.dataDir, free: disk.free, total: disk.total },
    memory: { process: process.memoryUsage.rss(), machine: totalmem() },
    queue: queue
      ? {
          waiting: queue.waiting,
          running: queue.running,
          failed: queue.failing.reduce((sum, { count }) => sum + count, 0),
          oldestSeconds: queue.oldestSeconds,
        }
      : null,
    projection: lag ?? null,
    backup: last?.endedAt ? { at: last.endedAt, bytes: last.bytes ?? 0 } : null,
  }
}

async function run(check: Check, probe: Probe): Promise<Finding[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Finding[]>((resolve) => {
    timer = setTimeout(() => resolve(failed(check, 'time')), probe.thorough ? patienceMs * 40 : patienceMs)
  })
  try {
    return await Promise.race([check.run(probe), late])
  } catch (error) {
    const { name, code } = faultOf(error)
    return failed(check, code ?? name)
  } finally {
    clearTimeout(timer)
  }
}

const failed = ({ name }: Check, error: string): Finding[] => [
  { code: 'check_failed', level: 'look', params: { name, error } },
]

async function enginesUp(ctx: Context): Promise<{ records: boolean; columns: boolean }> {
  const [records, columns] = await Promise.all([
    sql`select 1`.execute(ctx.db).then(
      () => true,
      () => false,
    ),
    ctx.columns.ping().then(({ success }) => success),
  ])
  return { records, columns }
}

async function recordsOf({ db }: Context): Promise<{ version: string; bytes: number }> {
  const { rows } = await sql<{ version: string; bytes: number }>`
    select split_part(version(), ' ', 2) as version, pg_database_size(current_database()) as bytes`.execute(db)
  return rows[0]!
}

async function columnsOf({ columns }: Context): Promise<{ version: string; bytes: number }> {
  const answer = await columns.query({
    query: 'SELECT version() AS version, (SELECT toUInt64(sum(bytes_on_disk)) FROM system.parts WHERE active) AS bytes',
    format: 'JSONEachRow',
  })
  return (await answer.json<{ version: string; bytes: number }>())[0]!
}
