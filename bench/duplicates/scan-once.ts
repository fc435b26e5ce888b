// One scan in a process of its own, so that its memory is its own. `scan-once COUNT SEED THREADS` prints what it took.

import type { Person } from '#know/duplicates/likeness/person.ts'
import { scanPeople } from '#know/duplicates/likeness/scan-people.ts'
import { madeCustomers } from './made-customers.ts'
import { qualityOf } from './quality.ts'

const [count, seed, threads] = process.argv.slice(2).map(Number) as [number, number, number]
const who = new Array<number>(count)
let makingMs = 0

function* batches(): Generator<Person[]> {
  let began = performance.now()
  let batch: Person[] = []
  for (const { person, who: one } of madeCustomers(seed, count)) {
    who[person.id - 1] = one
    batch.push(person)
    if (batch.length < 5_000) continue
    makingMs += performance.now() - began
    yield batch
    began = performance.now()
    batch = []
  }
  yield batch
}

const steps: Record<string, number> = {}
const began = performance.now()
const { pairs, looked } = await scanPeople(batches(), {
  threads,
  expected: count,
  tell: ({ step }) => {
    steps[step] ??= Math.round(performance.now() - began)
  },
})
const ms = performance.now() - began
// Of all threads, the collector's too.
const { user, system } = process.cpuUsage()
const processorMs = (user + system) / 1000
const quality = qualityOf(
  who,
  pairs.map(({ one, other }) => [one - 1, other - 1] as const),
)
process.stdout.write(
  `${JSON.stringify({ ms, processorMs, makingMs, steps, peakMb: process.resourceUsage().maxRSS / 1024, pairs: pairs.length, looked, ...quality })}\n`,
)
