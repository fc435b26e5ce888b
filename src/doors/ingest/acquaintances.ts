import { recognitionState } from '#know/identity/index.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/postgres/connect.ts'
import type { Message } from './message.ts'

/** Somebody whom this process has recognised before. */
export type Acquaintance = {
  profileId: number
  /** Of a touch that is kept, in milliseconds: a later one is not the first. */
  touchedAt: number
}

/** Remembered: at least so many who came last, and at most twice as many. About 200 bytes each. */
const most = 100_000

/** Young ones, and those who were young before: who comes again is young again. */
type Memory = { state: string; young: Map<string, Acquaintance>; old: Map<string, Acquaintance> }

const memories = new WeakMap<Db, Memory>()

/** Whom this process knows already, so that nearly all messages cost no look-up. */
export type Acquaintances = {
  /** In the transaction: forgets all where what it rests on has changed. */
  check(ctx: Context): Promise<void>
  find(name: string): Acquaintance | undefined
  /** Only after the commit of what made them known. */
  keep(names: Iterable<readonly [string, Acquaintance]>): void
}

/** @param ctx outside of a transaction */
export function acquaintancesOf(ctx: Context): Acquaintances {
  const memory = memories.get(ctx.db) ?? { state: '', young: new Map(), old: new Map() }
  memories.set(ctx.db, memory)
  return {
    async check(ctx) {
      const state = await recognitionState(ctx)
      if (memory.state !== state) Object.assign(memory, { state, young: new Map(), old: new Map() })
    },
    find(name) {
      const young = memory.young.get(name)
      if (young) return young
      const old = memory.old.get(name)
      if (old) remember(memory, name, old)
      return old
    },
    keep(names) {
      for (const [name, one] of names) remember(memory, name, one)
    },
  }
}

function remember(memory: Memory, name: string, one: Acquaintance): void {
  memory.young.set(name, one)
  if (memory.young.size < most) return
  memory.old = memory.young
  memory.young = new Map()
}

/** By what a message names its person; undefined where it says more of the person than that, or ties browsers. */
export function acquaintanceName({ type, origin, userId = '', anonymousId = '', traits }: Message): string | undefined {
  if (type === 'identify' || type === 'alias') return undefined
  for (const _ in traits) return undefined
  return `${origin.sourceId} ${userId.length} ${userId} ${anonymousId}`
}
