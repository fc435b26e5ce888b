import { existsSync } from 'node:fs'
import { chmod, mkdir, open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Archive } from '#platform/archive/index.ts'
import type { Manifest } from './manifest.ts'

/** The settings of the machine where the backup was made are for reading: this machine has its own. */
const settings = 'regulars.env'

/**
 * Brings back the files that stood in the data folder. What has one of their names here is kept beside as `….before-restore`.
 * @param allowed names that modules keep there; a file says no other
 * @returns the paths written
 */
export async function loadFiles(
  dataDir: string,
  { archive, manifest, allowed }: { archive: Archive; manifest: Manifest; allowed: readonly string[] },
): Promise<string[]> {
  const written: string[] = []
  for (const file of manifest.files) {
    if (file.name !== settings && !allowed.includes(file.name)) continue
    const path = join(dataDir, file.name === settings ? `${settings}.from-backup` : file.name)
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const draft = await open(`${path}.restoring`, 'w', 0o600)
    try {
      for await (const bytes of archive.read(file)) await draft.write(bytes)
      await draft.sync()
    } finally {
      await draft.close()
    }
    await chmod(`${path}.restoring`, 0o600)
    if (existsSync(path)) await rename(path, `${path}.before-restore`)
    await rename(`${path}.restoring`, path)
    written.push(path)
  }
  return written
}
