// Finds duplicates beside the thread that serves. The leader takes people, learns from them and divides the work; a helper
// only scores. Pairs are handed out by stretches of people, by one counter that all threads share.

import { parentPort, Worker, workerData } from 'node:worker_threads'
import { type Blocks, blocksOf } from './blocks.ts'
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
  | { kind: 'helper'; share: Share }
type Share = {
  register: Register
  rarity: SharedRarity
  blocks: Blocks
  model: Model
  counter: Int32Array
  atLeast: number
}

export type ToLeader = { people: Person[] } | { end: true }
export type FromLeader =
  | { kind: 'more' }
  | { kind: 'progress'; step: 'learning' | 'comparing'; done: number; of: number }
  | { kind: 'found'; pairs: FoundPair[]; looked: number; people: number; learnt: Learnt }

const stretch = 1024
const port = parentPort!
const start = workerData as ThreadStart
if (start.kind === 'leader') lead(start)
else port.postMessage(work(start.share))

function work(share: Share, tell?: (done: number) => void): { pairs: FoundPair[]; looked: number } {
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
    const rarity = rarityOf(register)
    const blocks = blocksOf(register)
    const model = learn(register, rarity, blocks)
    const counter = new Int32Array(new SharedArrayBuffer(4))
    const share: Share = { register, rarity: rarity.shared, blocks, model, counter, atLeast }
    const helping = Array.from({ length: threads - 1 }, () => helped(share))
    let told = 0
    const own = work(share, (done) => {
      if (done - told < register.size / 50) return
      told = done
      say({ kind: 'progress', step: 'comparing', done, of: register.size })
    })
    const all = [own, ...(await Promise.all(helping))]
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

function helped(share: Share): Promise<{ pairs: FoundPair[]; looked: number }> {
  return new Promise((resolve, reject) => {
    const helper = new Worker(new URL(import.meta.url), { workerData: { kind: 'helper', share } satisfies ThreadStart })
    helper.once('message', resolve)
    helper.once('error', reject)
  })
}
