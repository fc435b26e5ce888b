import { statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'

const GB = 1024 ** 3

/**
 * Where tests keep what they throw away: in memory where there is plenty of it, else the system's folder. A test's database is
 * some 600 files, and a disk may take a millisecond to make each. TMPDIR overrides.
 */
export function scratchFolder(): string {
  if (process.env.TMPDIR || freemem() < 6 * GB) return tmpdir()
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    return bavail * bsize < 4 * GB ? tmpdir() : '/dev/shm'
  } catch {
    return tmpdir()
  }
}
