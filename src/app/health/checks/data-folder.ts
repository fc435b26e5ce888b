import { accessSync, constants, existsSync, lstatSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { leftoversIn } from '#platform/engines/index.ts'
import { secretKeyFile } from '#platform/secrets.ts'
import type { Check } from '../check.ts'
import type { Finding } from '../finding.ts'

/** Who may read it, and whose it is. */
export const dataFolderCheck: Check = {
  name: 'data folder',
  needs: [],
  async run({ config: { dataDir } }) {
    if (!existsSync(dataDir)) return []
    const found: Finding[] = []
    const own = process.getuid?.()
    const { uid, mode } = statSync(dataDir)
    if (!allows(dataDir)) {
      const commands = [`sudo chown -R ${own}:${process.getgid?.()} ${dataDir}`, `chmod 700 ${dataDir}`]
      return [{ code: 'folder_closed', level: 'wrong', params: { path: dataDir }, commands }]
    }
    if (mode & 0o077)
      found.push({ code: 'folder_open', level: 'look', params: { path: dataDir }, commands: [`chmod 700 ${dataDir}`] })
    const strangers = readdirSync(dataDir).filter((name) => lstatSync(join(dataDir, name)).uid !== uid)
    if (strangers.length > 0) {
      const params = { path: dataDir, names: strangers.slice(0, 5).join(', '), owner: uid }
      found.push({ code: 'folder_mixed', level: 'wrong', params, commands: [`sudo chown -R ${uid} ${dataDir}`] })
    }
    for (const name of [secretKeyFile, 'engines.secrets.json']) {
      const path = join(dataDir, name)
      if (existsSync(path) && statSync(path).mode & 0o077)
        found.push({ code: 'secret_open', level: 'wrong', params: { path }, commands: [`chmod 600 ${path}`] })
    }
    return found
  },
}

/** Locks and process numbers of others, or of nobody. */
export const leftoverCheck: Check = {
  name: 'leftovers',
  needs: [],
  async run({ config: { dataDir, databaseUrl, clickhouseUrl } }) {
    if (databaseUrl && clickhouseUrl) return []
    return leftoversIn(dataDir).map((one): Finding => {
      if (one.kind === 'foreign_lock')
        return {
          code: 'foreign_lock',
          level: 'wrong',
          params: { path: dataDir },
          commands: [`fuser -v ${join(dataDir, 'engines.lock')}`],
        }
      if (one.kind === 'orphan') {
        const params = { engine: one.engine, pid: one.pid }
        return { code: 'orphan_engine', level: 'look', params, commands: [`kill -INT ${one.pid}`, 'regulars start'] }
      }
      return {
        code: 'stale_pid',
        level: 'look',
        params: { pid: one.pid, file: one.file },
        commands: ['regulars start'],
      }
    })
  },
}

function allows(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}
