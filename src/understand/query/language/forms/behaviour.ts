import type { Condition, Days, OfProducts, SequenceStep } from '../../contract.ts'
import {
  type Clauses,
  dayClauses,
  daysWritten,
  inBrackets,
  productClauses,
  productsWritten,
  readClauses,
  readList,
} from '../clauses.ts'
import { endsWritten, named, nextNumber, readEnds } from '../ends.ts'
import { form } from '../form.ts'
import type { Names } from '../names.ts'
import type { Reader } from '../reader.ts'
import { eventWords, wordOf, wordsIn } from '../words.ts'
import { listWritten, textWritten } from '../written.ts'

type Did = Extract<Condition, { is: 'did' }>

const stepWords = { ...eventWords, buy: 'bought' } as const

const didClauses: Clauses<Did> = {
  ...dayClauses,
  ...productClauses,
  name: (reader) => ({ names: readList(reader, () => reader.text()) }),
}

/** `did(cart, last 30 days) >= 2`; `sequence(view(category = 茶) then not buy within 7 days, last 90 days)`. */
export const behaviour = [
  form({
    is: ['did'],
    heads: ['did'],
    read(reader) {
      const { kind = 'other', ...clauses } = readClauses<Did>(reader, didClauses, () => ({
        kind: eventWords[reader.mustWord(...wordsIn(eventWords))],
      }))
      const ends = readEnds(reader, () => reader.number(), nextNumber)
      return { ...clauses, is: 'did', kind, ...named(ends, 'atLeast', 'atMost') }
    },
    write: (one, names) =>
      `did${inBrackets([
        wordOf(eventWords, one.kind),
        ...(one.names ? [`name ${listWritten(one.names.map(textWritten))}`] : []),
        ...daysWritten(one),
        ...productsWritten(one, names),
      ])}${endsWritten({ from: one.atLeast, to: one.atMost }, String)}`,
  }),
  form({
    is: ['sequence'],
    heads: ['sequence'],
    read(reader) {
      const { steps = [], ...days } = readClauses<{ steps: SequenceStep[] } & Days>(reader, dayClauses, () => ({
        steps: readSteps(reader),
      }))
      return { is: 'sequence', steps, ...days }
    },
    write: (one, names) =>
      `sequence${inBrackets([one.steps.map((step) => stepWritten(step, names)).join(' then '), ...daysWritten(one)])}`,
  }),
]

function readSteps(reader: Reader): SequenceStep[] {
  const steps = [readStep(reader, false)]
  reader.mustWord('then')
  do {
    steps.push(readStep(reader, true))
  } while (!steps.at(-1)!.not && steps.length < 4 && reader.word('then'))
  return steps
}

function readStep(reader: Reader, later: boolean): SequenceStep {
  const not = later && reader.word('not') !== undefined
  const did = stepWords[reader.mustWord(...wordsIn(stepWords))]
  const products = readClauses<OfProducts>(reader, productClauses)
  const within = later && reader.word('within') ? reader.number() : undefined
  if (within !== undefined) reader.mustWord('days')
  return { did, ...(not ? { not } : {}), ...(within === undefined ? {} : { within }), ...products }
}

function stepWritten(step: SequenceStep, names: Names): string {
  return [
    ...(step.not ? ['not'] : []),
    wordOf(stepWords, step.did) + inBrackets(productsWritten(step, names)),
    ...(step.within === undefined ? [] : [`within ${step.within} days`]),
  ].join(' ')
}
