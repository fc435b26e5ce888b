import type { ImportPhase, ImportProgress } from './contract.ts'
import type { Import } from './import.ts'

/** How much of a whole run each phase is, as measured with files of half a million to five million lines. */
const shares: [ImportPhase, number][] = [
  ['stage', 0.3],
  ['sort', 0.05],
  ['products', 0.02],
  ['customers', 0.03],
  ['orders', 0.55],
  ['steps', 0.03],
  ['reviews', 0.02],
]

/** How far an import is, for people. */
export function progressOf(one: Import): ImportProgress {
  const part = one.phaseTotal > 0 ? Math.min(1, one.phaseDone / one.phaseTotal) : 0
  return {
    phase: one.phase,
    rowsRead: one.rowsRead,
    rowsTotal: one.rowsTotal,
    // Between the order to run and its first phase there is none yet.
    share: one.phase === null ? (['waiting', 'running', 'undoing'].includes(one.state) ? 0 : 1) : shareOf(one, part),
    rate: one.rate,
    secondsLeft: one.secondsLeft,
  }
}

function shareOf(one: Import, part: number): number {
  if (one.phase === 'undo') return part
  if (one.goal === 'compared') return one.phase === 'stage' ? part * 0.85 : one.phase === 'sort' ? 0.87 : 0.95
  let share = 0
  for (const [phase, size] of shares) {
    if (phase === one.phase) return share + size * part
    share += size
  }
  return share
}
