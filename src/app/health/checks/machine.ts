import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { dirname } from 'node:path'
import type { Check } from '../check.ts'
import type { Finding } from '../finding.ts'

const GB = 1024 ** 3

/** With less the house crawls; measured, see docs/operations/memory.md. */
const leastMemory = 0.75 * GB

export const nodeCheck: Check = {
  name: 'node',
  needs: [],
  async run() {
    const major = Number(process.versions.node.split('.')[0])
    if (major >= 24) return []
    return [
      {
        code: 'node_old',
        level: 'wrong',
        params: { version: process.versions.node },
        commands: ['npm ci', 'npm start'],
      },
    ]
  },
}

export const memoryCheck: Check = {
  name: 'memory',
  needs: [],
  async run() {
    const allowed = process.constrainedMemory()
    const memory = allowed > 0 ? Math.min(allowed, totalmem()) : totalmem()
    if (memory >= leastMemory) return []
    return [
      {
        code: 'memory_small',
        level: 'look',
        params: { gb: (memory / GB).toFixed(2), least: leastMemory / GB },
      },
    ]
  },
}

export const diskCheck: Check = {
  name: 'disk',
  needs: [],
  async run({ config: { dataDir, backups } }) {
    const found: Finding[] = []
    const seen = new Set<string>()
    for (const path of [dataDir, backups]) {
      const { free, total, disk } = await diskOf(path)
      if (seen.has(disk)) continue
      seen.add(disk)
      found.push(...roomFor(path, { free, total }))
    }
    return found
  },
}

/** What is to be said of so much room (bytes). */
export function roomFor(path: string, { free, total }: { free: number; total: number }): Finding[] {
  const params = { path, free: (free / GB).toFixed(1), share: Math.round((100 * free) / total) }
  const commands = [`du -xh -d 2 ${path} | sort -h | tail`, 'df -h']
  if (free < 0.25 * GB) return [{ code: 'disk_full', level: 'wrong', params, commands }]
  if (free < 2 * GB || free / total < 0.03) return [{ code: 'disk_low', level: 'look', params, commands }]
  return []
}

/** Room on the disk of a path, or of the nearest folder above it that is there. */
export async function diskOf(path: string): Promise<{ free: number; total: number; disk: string }> {
  let there = path
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there)
  const { bavail, blocks, bsize, type, files } = await statfs(there)
  return { free: bavail * bsize, total: blocks * bsize, disk: `${type} ${blocks} ${files} ${bavail}` }
}
