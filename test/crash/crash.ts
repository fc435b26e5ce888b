// `npm run crash -- [--hours 2] [--seed 7] [--clients 6] [--full-disk]`: the long run. Rounds of ten minutes, each with a seed of
// its own, until the time is over or a checker complains; what was found is in test/crash/results.json.

import { parseArgs } from 'node:util'
import type { Fault } from './faults.ts'
import { type Outcome, runCrash, writeResults } from './run.ts'

const { values } = parseArgs({
  options: {
    hours: { type: 'string', default: '2' },
    minutes: { type: 'string' },
    seed: { type: 'string', default: '1' },
    clients: { type: 'string', default: '6' },
    'full-disk': { type: 'boolean', default: false },
  },
})
const say = (line: string) => process.stdout.write(`${line}\n`)
const total = (values.minutes ? Number(values.minutes) : Number(values.hours) * 60) * 60_000
// Engines give up when they fall six times in a minute: one engine fault among eight of the app's keeps below it.
const faults: Fault[] = [
  ...Array<Fault>(20).fill('kill serve'),
  ...Array<Fault>(20).fill('kill work'),
  'freeze',
  'freeze',
  'kill backend',
  'kill backend',
  'kill backend',
  'kill postmaster',
  'kill postmaster',
  'kill columns',
  'kill columns',
  'kill supervisor',
  ...(values['full-disk'] ? (['full disk'] as const) : []),
]
const results = new URL('./results.json', import.meta.url).pathname
const outcomes: Outcome[] = []
const began = performance.now()
for (let seed = Number(values.seed); performance.now() - began < total; seed += 1) {
  const ms = Math.min(600_000, total - (performance.now() - began))
  say(`seed ${seed}, ${Math.round(ms / 1000)} s`)
  const outcome = await runCrash({
    seed,
    faults,
    ms,
    gap: [500, 3_000],
    clients: Number(values.clients),
    ownDisk: values['full-disk'],
    say,
  })
  outcomes.push(outcome)
  writeResults(results, outcomes)
  const wrong = Object.entries(outcome.violations).flatMap(([name, lines]) => lines.map((line) => `${name}: ${line}`))
  say(
    `seed ${seed}: ${JSON.stringify(outcome.committed)}, acknowledged ${outcome.acknowledged}, unknown ${outcome.unknown}, ` +
      `violations ${wrong.length}, stood again after ${outcome.recovered.toFixed(1)} s`,
  )
  if (wrong.length > 0) {
    for (const line of wrong.slice(0, 50)) say(line)
    process.exitCode = 1
    break
  }
}
