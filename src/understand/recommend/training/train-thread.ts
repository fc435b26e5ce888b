// Makes a model beside the thread that serves. It is told who did what twice, in the same order of customers: first to learn, then to
// make each one's list; so it holds what was taken, not all that was told.

import { parentPort, workerData } from 'node:worker_threads'
import { nextProducts } from '../next.ts'
import { readSignal, type Signal } from '../signal.ts'
import { type Model, modelMaker, type Offered } from './model.ts'
import { type Rows, rowsOfModel, rowsOfNext } from './rows.ts'

/** What the thread is started with. */
export type ThreadStart = {
  number: number
  products: Offered[]
  /** The day up to which was looked, as a number. */
  today: number
  /** Length of a list. */
  most: number
  /** What is not for whom. */
  refused: [customerId: number, productIds: number[]][]
}

/** Lines of `signalsSql`, whole customers each time. */
export type ToThread = { learn: string } | { learnt: true } | { list: string } | { end: true }
export type FromThread = { kind: 'rows'; rows: Rows } | { kind: 'more' } | ({ kind: 'done' } & Made)

export type Made = { people: number; products: number; taken: number; served: number; listed: number }

const port = parentPort!
const { number, products, today, most, refused } = workerData as ThreadStart
const maker = modelMaker(products)
const notFor = new Map(refused.map(([customerId, productIds]) => [customerId, new Set(productIds)]))
const listed = new Set<number>()
let model: Model
let served = 0

port.on('message', (message: ToThread) => {
  if ('learn' in message) {
    for (const { signals } of peopleIn(message.learn)) maker.add(signals)
  } else if ('learnt' in message) {
    model = maker.model()
    for (const rows of rowsOfModel(number, model)) say({ kind: 'rows', rows })
  } else if ('list' in message) {
    const rows = rowsOfNext(number, [...listsOf(message.list)])
    if (rows.count > 0) say({ kind: 'rows', rows })
  } else {
    const { people, taken, products } = model
    say({ kind: 'done', people, taken, products: products.length, served, listed: listed.size })
    port.close()
    return
  }
  say({ kind: 'more' })
})

function* listsOf(text: string) {
  for (const { customerId, signals } of peopleIn(text)) {
    const list = nextProducts(signals, model, { today, most, refused: notFor.get(customerId) })
    if (list.length === 0) continue
    served += 1
    for (const { productId } of list) listed.add(productId)
    yield { customerId, list }
  }
}

function* peopleIn(text: string): Generator<{ customerId: number; signals: Signal[] }> {
  let customerId = 0
  let signals: Signal[] = []
  for (const line of text.split('\n')) {
    if (line === '') continue
    const read = readSignal(line)
    if (read.customerId !== customerId) {
      if (signals.length > 0) yield { customerId, signals }
      customerId = read.customerId
      signals = []
    }
    signals.push(read.signal)
  }
  if (signals.length > 0) yield { customerId, signals }
}

function say(message: FromThread): void {
  port.postMessage(message)
}
