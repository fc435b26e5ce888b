import { Refusal } from '#platform/refusal.ts'

/** Why a cell makes its row unusable; the reason is a message key. */
export type CellProblem = { reason: string; column?: string; value?: string; params?: Record<string, string | number> }

/** Thrown out of the reading of one row and caught there; carries no stack, because a file may have millions. */
export class RowProblem {
  readonly problem: CellProblem
  constructor(problem: CellProblem) {
    this.problem = problem
  }
}

/** The whole file cannot be understood this way. */
export function missingColumns(names: string[], file: string): Refusal {
  return new Refusal('invalid', 'exchange.missing_column', { column: names.join(', '), file })
}
