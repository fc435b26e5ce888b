import { type Condition, type PathPlace, type PathStep, pathDetails } from '../../contract.ts'
import { type Clauses, dayClauses, daysWritten, inBrackets, readClauses, readNames } from '../clauses.ts'
import { form } from '../form.ts'
import type { Names } from '../names.ts'
import type { Reader } from '../reader.ts'
import { eventWords, wordOf, wordsIn } from '../words.ts'
import { listWritten, nameWritten, textWritten } from '../written.ts'

type Path = Extract<Condition, { is: 'path' }>

const startWords = { arrival: 'arrival', ...eventWords, buy: 'bought' } as const
const placeWords = { ...eventWords, buy: 'bought', nothing: 'nothing' } as const

const clauses: Clauses<Path> = {
  by: (reader) => ({ by: reader.mustWord(...pathDetails) }),
  shop: (reader) => ({ shopIds: readNames(reader, 'shop') }),
  last: dayClauses.last as Clauses<Path>['last'],
  from: dayClauses.from as Clauses<Path>['from'],
  to: dayClauses.to as Clauses<Path>['to'],
} as Clauses<Path>

/** `path(after arrival then view then any then nothing, last 28 days)`, `path(before buy then not in (cart, checkout), by category, …)`. */
export const path = form({
  is: ['path'],
  heads: ['path'],
  read(reader) {
    const {
      start = 'arrival',
      steps = [],
      ...more
    } = readClauses<Path>(reader, clauses, () => {
      const back = reader.mustWord('after', 'before') === 'before'
      const words = back ? wordsIn(startWords).filter((one) => one !== 'arrival') : wordsIn(startWords)
      const begins = startWords[reader.mustWord(...words)]
      const steps: PathStep[] = []
      while (reader.word('then')) steps.push(readStep(reader))
      return { start: begins, ...(back ? { back } : {}), steps }
    })
    return { ...more, is: 'path', start, steps }
  },
  write: (one, names) =>
    `path${inBrackets([
      [
        `${one.back ? 'before' : 'after'} ${wordOf(startWords, one.start)}`,
        ...one.steps.map((step) => stepWritten(step, names)),
      ].join(' then '),
      ...(one.by ? [`by ${one.by}`] : []),
      ...(one.shopIds ? [`shop ${listWritten(one.shopIds.map((id) => nameWritten(names, 'shop', id)))}`] : []),
      ...daysWritten(one),
    ])}`,
})

function readStep(reader: Reader): PathStep {
  if (reader.word('any')) return {}
  const out = reader.word('not') !== undefined
  const places: PathPlace[] = []
  if (reader.word('in')) {
    reader.mustSign('(')
    do places.push(readPlace(reader))
    while (reader.sign(','))
    reader.mustSign(')')
  } else {
    places.push(readPlace(reader))
  }
  return out ? { out: places } : { in: places }
}

function readPlace(reader: Reader): PathPlace {
  const did = placeWords[reader.mustWord(...wordsIn(placeWords))]
  if (!reader.sign('(')) return { did }
  const of = reader.mustWord(...pathDetails)
  reader.mustSign('=')
  const place: PathPlace =
    of === 'category'
      ? { did, category: reader.text('category') }
      : of === 'product'
        ? { did, productId: reader.id('product') }
        : { did, page: reader.text() }
  reader.mustSign(')')
  return place
}

function stepWritten({ in: among, out }: PathStep, names: Names): string {
  const list = among ?? out
  if (!list) return 'any'
  const places = list.map((one) => placeWritten(one, names))
  return `${out ? 'not ' : ''}${places.length === 1 ? places[0] : `in (${places.join(', ')})`}`
}

function placeWritten({ did, category, productId, page }: PathPlace, names: Names): string {
  const word = wordOf(placeWords, did)
  if (category !== undefined) return `${word}(category = ${textWritten(category)})`
  if (productId !== undefined) return `${word}(product = ${nameWritten(names, 'product', productId)})`
  return page === undefined ? word : `${word}(page = ${textWritten(page)})`
}
