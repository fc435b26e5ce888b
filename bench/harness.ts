import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import type { Context } from '#platform/context.ts'

/** What a benchmark promises: our figure or its ratio to the peer's, and the bound. */
export type Goal = { of: 'ours' | 'ratio'; atMost?: number; atLeast?: number }

export type Row = {
  case: string
  /** Medians over the repeats. */
  ours: number
  peer: number | null
  unit: string
  ratio: number | null
  goal: Goal | null
  met: boolean | null
  /** Smallest and largest of each side. */
  spread: { ours: [number, number]; peer: [number, number] | null }
  repeats: number
}

export type Measured = { case: string; unit: string; goal?: Goal; ours: number[]; peer?: number[] }

/** One row of a result: medians, ratio of medians, spread, and whether the goal is met. */
export function rowOf({ case: name, unit, goal, ours, peer }: Measured): Row {
  const own = median(ours)
  const other = peer?.length ? median(peer) : null
  const ratio = other ? own / other : null
  const value = goal?.of === 'ratio' ? ratio : own
  const met =
    goal && value !== null ? value <= (goal.atMost ?? Number.POSITIVE_INFINITY) && value >= (goal.atLeast ?? 0) : null
  return {
    case: name,
    ours: round(own),
    peer: other === null ? null : round(other),
    unit,
    ratio: ratio === null ? null : round(ratio),
    goal: goal ?? null,
    met,
    spread: { ours: range(ours), peer: peer?.length ? range(peer) : null },
    repeats: ours.length,
  }
}

/** Runs both sides in turn, so that what slows the machine slows both. Each side returns its figure. */
export async function alternate(
  repeats: number,
  ours: () => Promise<number>,
  peer: () => Promise<number>,
): Promise<{ ours: number[]; peer: number[] }> {
  const result = { ours: [] as number[], peer: [] as number[] }
  for (let turn = 0; turn < repeats; turn += 1) {
    for (const side of turn % 2 === 0 ? (['ours', 'peer'] as const) : (['peer', 'ours'] as const)) {
      result[side].push(await (side === 'ours' ? ours() : peer()))
    }
  }
  return result
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** The value below which a share of the measurements lies. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Writes `bench/results/NAME.json` and a table of the same beside it, and shows the table. */
export async function report(
  name: string,
  ctx: Pick<Context, 'db' | 'columns'> | undefined,
  measured: Measured[],
): Promise<Row[]> {
  const rows = measured.map(rowOf)
  const { sql } = await import('kysely')
  const versions: Record<string, string> = { node: process.version }
  if (ctx) {
    const { rows: server } = await sql<{
      version: string
    }>`select current_setting('server_version') as version`.execute(ctx.db)
    versions.postgres = server[0]!.version
    const answer = await ctx.columns.query({ query: 'SELECT version() AS version', format: 'JSONEachRow' })
    versions.clickhouse = (await answer.json<{ version: string }>())[0]!.version
  }
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`
  const result = { name, at: new Date().toISOString(), machine, versions, rows }
  const folder = new URL('./results/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(result, null, 2)}\n`)
  const table = tableOf(rows)
  writeFileSync(
    new URL(`${name}.md`, folder),
    `# ${name}\n\n${machine}; ${result.at}; ${Object.entries(versions)
      .map(([key, value]) => `${key} ${value}`)
      .join(', ')}\n\n${table}\n`,
  )
  process.stdout.write(`\n${table}\n`)
  return rows
}

function tableOf(rows: Row[]): string {
  const lines = rows.map(
    (row) =>
      `| ${row.case} | ${row.ours} (${row.spread.ours.join('–')}) | ${row.peer === null ? '' : `${row.peer} (${row.spread.peer?.join('–')})`} | ${row.unit} | ${row.ratio ?? ''} | ${goalText(row.goal)} | ${row.met === null ? '' : row.met ? 'yes' : 'NO'} |`,
  )
  return ['| case | ours | peer | unit | ratio | goal | met |', '|---|---|---|---|---|---|---|', ...lines].join('\n')
}

function goalText(goal: Goal | null): string {
  if (!goal) return ''
  return `${goal.of} ${goal.atMost !== undefined ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`}`
}

function range(values: number[]): [number, number] {
  return [round(Math.min(...values)), round(Math.max(...values))]
}

function round(value: number): number {
  return Number(value.toPrecision(4))
}
