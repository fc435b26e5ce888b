import { writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { type EngineName, readState } from '#platform/engines/state-file.ts'
import type { Post } from './processes.ts'
import type { Random } from './random.ts'

/** What is done to a shop under way. `app`: to a process of ours; `engine`: to one that holds data. */
export type Fault =
  | 'kill serve'
  | 'kill work'
  | 'freeze'
  | 'kill backend'
  | 'kill postmaster'
  | 'kill columns'
  | 'kill supervisor'
  | 'full disk'

/** Longer than Postgres lets a transaction idle (10 s): whoever wakes up afterwards has lost what it was at. */
const frozenMs = 12_000
const fullMs = 4_000

export type Hit = { dataDir: string; posts: readonly Post[]; ctx: Context; random: Random; now: () => number }

/**
 * Commits one fault.
 * @returns whether it hit anything: at a moment when nobody is there to be hit, nothing is done
 */
export async function commit(fault: Fault, hit: Hit): Promise<boolean> {
  const { posts, random, dataDir } = hit
  if (fault === 'kill serve' || fault === 'kill work') {
    const alive = posts.filter(({ kind, pid }) => pid !== undefined && fault === `kill ${kind}`)
    return alive.length > 0 && kill(random.of(alive).pid)
  }
  if (fault === 'freeze') {
    const up = posts.filter((post) => post.up)
    if (up.length === 0) return false
    const { pid } = random.of(up)
    if (!signal(pid, 'SIGSTOP')) return false
    setTimeout(() => signal(pid, 'SIGCONT'), frozenMs)
    return true
  }
  if (fault === 'kill backend') return kill(await aBackend(hit))
  if (fault === 'full disk') return fillDisk(dataDir, fullMs)
  const state = readState(dataDir)
  if (fault === 'kill supervisor') return kill(state.supervisor?.pid)
  const engine: EngineName = fault === 'kill postmaster' ? 'postgres' : 'clickhouse'
  return kill(state.running[engine]?.pid)
}

/** One of Postgres' processes that serve our connections: the others must then start over from the log. */
async function aBackend({ ctx, random }: Hit): Promise<number | undefined> {
  try {
    const { rows } = await sql<{ pid: number }>`
      select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`.execute(
      ctx.db,
    )
    return rows.length > 0 ? random.of(rows).pid : undefined
  } catch {
    return undefined
  }
}

/** Fills the file system of the data folder to the last block for a while. Only where it is one of its own: see `ownDisk`. */
async function fillDisk(dataDir: string, ms: number): Promise<boolean> {
  const path = join(dataDir, 'filler')
  const block = Buffer.alloc(1 << 20)
  try {
    for (let size = 0; size < 4096; size += 1) writeFileSync(path, block, { flag: 'a' })
  } catch {
    await pause(ms)
  } finally {
    await rm(path, { force: true })
  }
  return true
}

function kill(pid: number | undefined): boolean {
  return signal(pid, 'SIGKILL')
}

function signal(pid: number | undefined, name: NodeJS.Signals): boolean {
  if (pid === undefined) return false
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}
