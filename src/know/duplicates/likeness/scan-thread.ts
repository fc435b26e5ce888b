// Finds duplicates beside the thread that serves. The leader takes people, learns from them and divides the work; a helper
// makes blocks and scores. Plans of blocks, and then stretches of people, are handed out by counters that all threads share.

import { parentPort, Worker, workerData } from 'node:worker_threads'
import { type Blocks, blocksFrom, type Schemes, schemesOf } from './blocks.ts'
import { type FoundPair, findIn } from './found.ts'
import { learn } from './learn.ts'
import { type Learnt, learntOf } from './learnt.ts'
import type { Model } from './model.ts'
import type { Person } from './person.ts'
import { rarityFrom, rarityOf, type SharedRarity } from './rarity.ts'
import { type Register, registerMaker } from './register.ts'

/** What a thread is started with. */
export type ThreadStart =
  | { kind: 'leader'; threads: number; expected: number; atLeast: number }
  | { kind: 'helper'; register: Register; plans: Int32Array }
type Share = {
  register: Register
  rarity: SharedRarity
  blocks: Blocks
  model: Model
  counter: Int32Array
  atLeast: number
}

type Compared = { pairs: FoundPair[]; looked: number }

export type ToLeader = { people: Person[] } | { end: true }
export type FromLeader =
  | { kind: 'more' }
  | { kind: 'progress'; step: 'learning' | 'comparing'; done: number; of: number }
  | { kind: 'found'; pairs: FoundPair[]; looked: number; people: number; learnt: Learnt }

const stretch = 1024
const port = parentPort!
const start = workerData as ThreadStart
if (start.kind === 'leader') lead(start)
else help(start)

function help({ register, plans }: Extract<ThreadStart, { kind: 'helper' }>): void {
  port.once('message', (share: Share) => port.postMessage(work(share)))
  port.postMessage(schemesOf(register, inTurn(plans)))
}

function inTurn(counter: Int32Array): () => number {
  return () => Atomics.add(counter, 0, 1)
}

function work(share: Share, tell?: (done: number) => void): Compared {
  const { register, blocks, model, counter, atLeast } = share
  const rarity = rarityFrom(share.rarity)
  const stamps = new Int32Array(register.size)
  const pairs: FoundPair[] = []
  let looked = 0
  for (;;) {
    const first = Atomics.add(counter, 0, stretch)
    if (first >= register.size) break
    const end = Math.min(register.size, first + stretch)
    looked += findIn({ register, rarity, model }, blocks, [first, end], stamps, { atLeast, found: pairs })
    tell?.(first)
  }
  return { pairs, looked }
}

function lead({ threads, expected, atLeast }: Extract<ThreadStart, { kind: 'leader' }>): void {
  const maker = registerMaker(expected)
  const say = (message: FromLeader) => port.postMessage(message)
  port.on('message', (message: ToLeader) => {
    if ('people' in message) {
      for (const person of message.people) maker.add(person)
      say({ kind: 'more' })
    } else void scan()
  })

  async function scan(): Promise<void> {
    const register = maker.register()
    say({ kind: 'progress', step: 'learning', done: 0, of: register.size })
    const plans = new Int32Array(new SharedArrayBuffer(4))
    const helpers = Array.from({ length: threads - 1 }, () => helperOf({ kind: 'helper', register, plans }))
    const rarity = rarityOf(register)
    const own = schemesOf(register, inTurn(plans))
    const blocks = blocksFrom([own, ...(await Promise.all(helpers.map(({ schemes }) => schemes)))])
    const model = learn(register, rarity, blocks)
    const counter = new Int32Array(new SharedArrayBuffer(4))
    const share: Share = { register, rarity: rarity.shared, blocks, model, counter, atLeast }
    const helping = helpers.map(({ compare }) => compare(share))
    let told = 0
    const compared = work(share, (done) => {
      if (done - told < register.size / 50) return
      told = done
      say({ kind: 'progress', step: 'comparing', done, of: register.size })
    })
    const all = [compared, ...(await Promise.all(helping))]
    say({
      kind: 'found',
      pairs: all
        .flatMap(({ pairs }) => pairs)
        .sort((a, b) => b.probability - a.probability || a.one - b.one || a.other - b.other),
      looked: all.reduce((sum, { looked }) => sum + looked, 0),
      people: register.size,
      learnt: learntOf(register, model),
    })
    port.close()
  }
}

function helperOf(start: ThreadStart): { schemes: Promise<Schemes>; compare(share: Share): Promise<Compared> } {
  const helper = new Worker(new URL(import.meta.url), { workerData: start })
  const answer = <T>() =>
    new Promise<T>((resolve, reject) => {
      helper.once('message', resolve)
      helper.once('error', reject)
    })
  const schemes = answer<Schemes>()
  return {
    schemes,
    compare(share) {
      const compared = answer<Compared>()
      helper.postMessage(share)
      return compared
    },
  }
}
