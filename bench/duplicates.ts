import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Person } from '#know/duplicates/likeness/person.ts'
import { scanPeople } from '#know/duplicates/likeness/scan-people.ts'
import { type FebrlSet, febrl } from './duplicates/febrl.ts'
import { madeCustomers } from './duplicates/made-customers.ts'
import { type MadeSet, madeForms, type Spoiling } from './duplicates/made-forms.ts'
import { plainRule, type Quality, qualityOf } from './duplicates/quality.ts'
import { type Measured, report } from './harness.ts'

const tell = (line: string) => process.stdout.write(`${line}\n`)

/** Sets made by our own hand; rates are those that Febrl's later sets are told to have, and worse. */
const spoilings: Record<string, Spoiling> = {
  'one copy each, one change': {
    originals: 2_000,
    copies: 1_000,
    mostOf: 1,
    changes: 1,
    otherValue: 0.1,
    missing: 0.2,
  },
  'up to 5 copies, up to 4 changes': {
    originals: 2_000,
    copies: 3_000,
    mostOf: 5,
    changes: 4,
    otherValue: 0.15,
    missing: 0.2,
  },
  '5,000 and 5,000, up to 5 changes': {
    originals: 5_000,
    copies: 5_000,
    mostOf: 1,
    changes: 5,
    otherValue: 0.1,
    missing: 0.2,
  },
  'up to 3 copies, up to 6 changes': {
    originals: 1_000,
    copies: 600,
    mostOf: 3,
    changes: 6,
    otherValue: 0.2,
    missing: 0.3,
  },
}

/**
 * Who is the same person: how right (Febrl's sets beside a plain rule, sets of other seeds and rates, a shop's customers with
 * families), and how fast (`--people 1000000`). One setting for all: what differs between sets is learnt from each without a
 * single known pair. `--folder` holds Febrl's sets.
 */
export async function run(options: Record<string, string>): Promise<void> {
  const folder = options.folder ?? fileURLToPath(new URL('../../shared/data/febrl/', import.meta.url))
  const measured: Measured[] = []
  const sets = { dataset1: febrl(`${folder}/dataset1.csv`), dataset2: febrl(`${folder}/dataset2.csv.gz`) }
  for (const [name, set] of Object.entries(sets)) {
    const ours = await found(set)
    const peer = qualityOf(set.who, plainRule(set))
    show(name, ours, set)
    show('  plain rule', peer, set)
    measured.push({
      case: `Febrl ${name} (${set.people.length} records), F1 beside the plain rule`,
      unit: 'F1',
      goal: { of: 'ours', atLeast: 0.99 },
      ours: [ours.f1],
      peer: [peer.f1],
    })
  }
  const values = sets.dataset2.people
  for (const [name, spoiling] of Object.entries(spoilings)) {
    const f1: number[] = []
    for (const seed of [11, 12, 13, 14, 15]) {
      const set = madeForms(seed, values, spoiling)
      const ours = await found(set)
      show(`${name}, seed ${seed}`, ours, set)
      f1.push(ours.f1)
    }
    measured.push({ case: `made forms, five seeds: ${name}`, unit: 'F1', ours: f1 })
  }
  for (const size of [2_000, 20_000, 200_000]) {
    const made = [...madeCustomers(size, size)]
    const set = { people: made.map(({ person }) => person), who: made.map(({ who }) => who) }
    const ours = await found(set)
    show(`customers of a shop, ${size}`, ours, set)
    measured.push({
      case: `made customers with families, ${size}: precision`,
      unit: 'P',
      goal: { of: 'ours', atLeast: 0.9 },
      ours: [ours.precision],
    })
    measured.push({ case: `made customers with families, ${size}: recall`, unit: 'R', ours: [ours.recall] })
  }
  await speed(Number(options.people ?? 1_000_000), Number(options.repeats ?? 1), measured)
  await report('duplicates', undefined, measured)
}

async function found({ people, who }: MadeSet): Promise<Quality> {
  const { pairs } = await scanPeople([people as Person[]], { threads: 1, expected: people.length })
  return qualityOf(
    who,
    pairs.map(({ one, other }) => [one - 1, other - 1] as const),
  )
}

function show(name: string, { precision, recall, f1, wrong, missed }: Quality, { people }: MadeSet | FebrlSet): void {
  tell(
    `${name.padEnd(50)} ${String(people.length).padStart(8)} P ${precision.toFixed(4)} R ${recall.toFixed(4)} F1 ${f1.toFixed(4)} (${wrong} wrong, ${missed} missed)`,
  )
}

async function speed(people: number, repeats: number, measured: Measured[]): Promise<void> {
  const script = fileURLToPath(new URL('./duplicates/scan-once.ts', import.meta.url))
  const times: Record<1 | 2, number[]> = { 1: [], 2: [] }
  const spent: Record<1 | 2, number[]> = { 1: [], 2: [] }
  const peaks: number[] = []
  for (let turn = 0; turn < repeats; turn += 1) {
    for (const threads of [2, 1] as const) {
      const { stdout } = await promisify(execFile)(process.execPath, [script, String(people), '5', String(threads)])
      const result = JSON.parse(stdout)
      tell(`${people} customers, ${threads} threads: ${stdout.trim()}`)
      times[threads].push(result.ms / 1000)
      spent[threads].push(result.processorMs / 1000)
      if (threads === 2) peaks.push(result.peakMb)
    }
  }
  const goal = { of: 'ours' as const, atMost: (60 * people) / 1_000_000 }
  measured.push({
    case: `${people} customers, made, read and compared: two threads beside one`,
    unit: 's',
    goal,
    ours: times[2],
    peer: times[1],
  })
  measured.push({ case: '… their processor time, all threads', unit: 's', ours: spent[2], peer: spent[1] })
  measured.push({ case: 'peak memory of that process, the made people included', unit: 'MB', ours: peaks })
}
