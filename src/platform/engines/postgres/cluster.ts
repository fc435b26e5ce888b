import { spawn } from 'node:child_process'
import { chownSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EnginesError } from '../engines-error.ts'
import type { Account } from './account.ts'
import type { Place } from './place.ts'
import { postgresEnvironment } from './settings.ts'
import { explain } from './trouble.ts'

/** The superuser of the embedded Postgres, and the name of our database in it. */
export const OWNER = 'regulars'
const MAJOR = '18'

type Making = Place & { password: string; durable: boolean; news(line: string): void }

/**
 * Makes the data directory `<parent>/postgres` where there is none. It is made beside and renamed
 * when whole, so that an initdb killed half-way leaves nothing that a later start would trust.
 * @throws EnginesError where the directory is of another Postgres version, or not whole
 */
export async function makeCluster(place: Making): Promise<void> {
  const goal = join(place.parent, 'postgres')
  for (const name of readdirSync(place.parent)) {
    if (name.startsWith('postgres.new-')) rmSync(join(place.parent, name), { recursive: true, force: true })
  }
  if (existsSync(goal)) {
    checkCluster(goal)
    return
  }
  place.news('Setting up Postgres for the first time.')
  const draft = join(place.parent, `postgres.new-${process.pid}`)
  await initialise(place, draft)
  renameSync(draft, goal)
}

function checkCluster(directory: string): void {
  const version = readIfThere(join(directory, 'PG_VERSION'))?.trim()
  if (version === undefined || !existsSync(join(directory, 'global', 'pg_control'))) {
    throw new EnginesError(
      `${directory} is not a whole Postgres data directory. Restore it from a backup; or, if it holds nothing ` +
        'you need, move it away and start again.',
    )
  }
  if (version !== MAJOR) {
    throw new EnginesError(
      `${directory} was made by Postgres ${version}, and this version of Regulars brings Postgres ${MAJOR}. ` +
        `Run regulars backup with the version of Regulars that made it, move the data directory away, and run ` +
        `regulars restore with this one (docs/operations/backup.md); or run Postgres ${version} yourself on that directory and set DATABASE_URL.`,
    )
  }
}

async function initialise(place: Making, directory: string): Promise<void> {
  const passwordFile = join(place.parent, `postgres.new-${process.pid}.password`)
  writeFileSync(passwordFile, `${place.password}\n`, { mode: 0o600 })
  if (place.account.user) chownSync(passwordFile, place.account.user.uid, place.account.user.gid)
  try {
    for (const characters of characterTypes) {
      const { code, output } = await initdb(place, directory, passwordFile, characters)
      if (code === 0) return
      if (characters === 'C' || !/invalid locale/i.test(output)) {
        throw explain(output, `Postgres could not make its data directory in ${place.parent}`)
      }
    }
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/**
 * What the system's library calls a letter. `pg_trgm` asks it, whatever the database's own locale: under `C` Han characters are
 * none, and a search for a part of a Chinese product's name reads the whole table. glibc and macOS have one of the first two.
 */
const characterTypes = ['C.UTF-8', 'en_US.UTF-8', 'C'] as const

function initdb(
  place: Making,
  directory: string,
  passwordFile: string,
  characters: string,
): Promise<{ code: number | null; output: string }> {
  const [program, args] = place.account.command(join(place.home, 'bin', 'initdb'), [
    `--pgdata=${directory}`,
    `--username=${OWNER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    `--lc-ctype=${characters}`,
    '--data-checksums',
    ...(place.durable ? [] : ['--no-sync']),
  ])
  return run(program, args, place.account)
}

function run(program: string, args: string[], account: Account): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: postgresEnvironment(),
      cwd: '/',
      ...account.user,
    })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.stderr.on('data', (chunk) => {
      output += chunk
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}

function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
