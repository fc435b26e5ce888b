import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { ProcessIdentity } from './process-identity.ts'

export type EngineName = 'postgres' | 'clickhouse'

/** Where a supervisor listens: a socket file, or a loopback port where its path would be too long (or on Windows). */
export type LeaseAddress = { path: string } | { host: string; port: number }

export type Supervisor = ProcessIdentity & { address: LeaseAddress; token: string; protocol: number }

/** What is known of a data directory's engines between processes: `engines.json`, readable by its owner only. */
export type EnginesState = {
  supervisor?: Supervisor
  running: Partial<Record<EngineName, ProcessIdentity>>
  /** Kept over restarts, so that an address somebody wrote down stays good. */
  ports: Partial<Record<EngineName, number>>
}

export type EngineSecrets = { postgres: string; clickhouse: string }

export const statePath = (dataDir: string): string => join(dataDir, 'engines.json')
export const lockPath = (dataDir: string): string => join(dataDir, 'engines.lock')
export const logPath = (dataDir: string): string => join(dataDir, 'engines.log')
const secretsPath = (dataDir: string): string => join(dataDir, 'engines.secrets.json')

/** A missing or torn file reads as "nothing is known": the lock, not this file, decides who supervises. */
export function readState(dataDir: string): EnginesState {
  const found = readJson(statePath(dataDir)) as Partial<EnginesState> | undefined
  return { supervisor: found?.supervisor, running: found?.running ?? {}, ports: found?.ports ?? {} }
}

export function writeState(dataDir: string, state: EnginesState): void {
  writeWhole(statePath(dataDir), JSON.stringify(state, null, 2))
}

/** The engines' passwords, made on the first start. Call it only while holding the lock. */
export function keepSecrets(dataDir: string): EngineSecrets {
  const found = readJson(secretsPath(dataDir)) as EngineSecrets | undefined
  if (found?.postgres && found.clickhouse) return found
  const made = { postgres: randomBytes(24).toString('base64url'), clickhouse: randomBytes(24).toString('base64url') }
  writeWhole(secretsPath(dataDir), JSON.stringify(made, null, 2))
  return made
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Written beside, synced and renamed: a reader and a crash see the old file or the new one, never half. */
function writeWhole(path: string, text: string): void {
  const draft = `${path}.${process.pid}.new`
  const file = openSync(draft, 'w', 0o600)
  try {
    writeSync(file, `${text}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(draft, path)
}
