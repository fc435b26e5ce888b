import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Fault } from './faults.ts'
import { runCrash } from './run.ts'

// The short run; `npm run crash` is the long one. A seed that fails is told, and can be run again.

const times = (count: number, fault: Fault): Fault[] => Array<Fault>(count).fill(fault)

test('forty deaths of its processes and ten of its engines: the shop loses nothing that it said yes to, and does nothing twice', async () => {
  const seed = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 1e6))
  const faults = [
    ...times(20, 'kill serve'),
    ...times(20, 'kill work'),
    ...times(1, 'freeze'),
    ...times(4, 'kill backend'),
    ...times(3, 'kill postmaster'),
    ...times(3, 'kill columns'),
    ...times(1, 'kill supervisor'),
  ]

  const { committed, acknowledged, unknown, violations, recovered, fell } = await runCrash({
    seed,
    faults,
    gap: [100, 700],
  })

  console.error(
    `seed ${seed}: ${JSON.stringify(committed)}; acknowledged ${acknowledged}, answers lost ${unknown}, stood again after ${recovered.toFixed(1)} s`,
  )
  expect(violations, `seed ${seed}; ${fell.slice(-3).join('\n')}`).toEqual(
    Object.fromEntries(Object.keys(violations).map((name) => [name, []])),
  )
  expect(acknowledged).toBeGreaterThan(100)
  expect(recovered).toBeLessThan(90)
}, 600_000)

// A disk of its own is made of memory: that asks for the right to mount. Elsewhere it is skipped.
test.skipIf(!mayMount())(
  'a disk that fills up twice: the shop says no, loses nothing, and goes on by itself',
  async () => {
    const seed = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 1e6))

    const { violations, acknowledged } = await runCrash({
      seed,
      faults: ['full disk', 'kill serve', 'kill work', 'full disk'],
      clients: 3,
      ownDisk: true,
    })

    expect(violations, `seed ${seed}`).toEqual(Object.fromEntries(Object.keys(violations).map((name) => [name, []])))
    expect(acknowledged).toBeGreaterThan(10)
  },
  300_000,
)

function mayMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  } finally {
    rmdirSync(folder)
  }
}
