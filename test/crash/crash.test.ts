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
  ]

  const { committed, acknowledged, unknown, violations, recovered, fell } = await runCrash({ seed, faults })

  console.error(
    `seed ${seed}: ${JSON.stringify(committed)}; acknowledged ${acknowledged}, answers lost ${unknown}, stood again after ${recovered.toFixed(1)} s`,
  )
  expect(violations, `seed ${seed}; ${fell.slice(-3).join('\n')}`).toEqual(
    Object.fromEntries(Object.keys(violations).map((name) => [name, []])),
  )
  expect(acknowledged).toBeGreaterThan(100)
  expect(recovered).toBeLessThan(90)
}, 600_000)
