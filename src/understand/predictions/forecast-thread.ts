// Fits and judges beside the thread that serves: a question in, an answer out, one after another. What it was told to judge by stays
// until it is told anew.

import { parentPort } from 'node:worker_threads'
import { type Buyer, type Grounds, judgeBy } from './ladder.ts'
import { outlookLines } from './outlook-lines.ts'
import type { Readings } from './readings.ts'
import { reckon } from './reckon.ts'
import { columnsIn } from './whole-numbers.ts'

export type Question =
  | { kind: 'reckon'; readings: Readings }
  | { kind: 'grounds'; grounds: Grounds; forecast: number }
  /** Lines (customer_id, repeats, last, age, first, gap, longest, mean). */
  | { kind: 'judge'; lines: string }

/** `reckon`: the forecast without its counts. `judge`: lines for the columns. */
export type Answer = { found: ReturnType<typeof reckon> } | { lines: string } | { ready: true }

const port = parentPort!
let judge: ReturnType<typeof judgeBy> | undefined
let forecast = 0

port.on('message', (question: Question) => port.postMessage(answer(question)))

function answer(question: Question): Answer {
  switch (question.kind) {
    case 'reckon':
      return { found: reckon(question.readings) }
    case 'grounds':
      judge = judgeBy(question.grounds)
      forecast = question.forecast
      return { ready: true }
    case 'judge':
      return { lines: outlookLines(forecast, buyersIn(question.lines), judge!) }
  }
}

function* buyersIn(lines: string): Generator<Buyer> {
  const columns = columnsIn(lines, 8)
  const [customerId, repeats, last, age, first, gap, longest, mean] = columns
  for (let row = 0; row < customerId!.length; row += 1) {
    yield {
      customerId: customerId![row]!,
      repeats: repeats![row]!,
      last: last![row]!,
      age: age![row]!,
      first: first![row]!,
      gap: gap![row]!,
      longest: longest![row]!,
      mean: mean![row]!,
    }
  }
}
