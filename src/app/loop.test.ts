import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { loop } from './loop.ts'

const ctx = {} as Context

test('what is done again and again leaves nothing behind that the next turn would wade through', async () => {
  const stopping = new AbortController()
  let turns = 0
  let waiting = 0
  const looping = loop(ctx, stopping.signal, {
    name: 'test',
    everyMs: 0,
    async turn() {
      turns += 1
      waiting = Math.max(waiting, getEventListeners(stopping.signal, 'abort').length)
      if (turns === 50) stopping.abort()
      return false
    },
  })
  await looping
  expect(turns).toBe(50)
  expect(waiting).toBeLessThan(2)
})

test('a house that stops does not wait for the rest between two turns', async () => {
  const stopping = new AbortController()
  let turns = 0
  const looping = loop(ctx, stopping.signal, {
    name: 'test',
    everyMs: 3_600_000,
    async turn() {
      turns += 1
      setTimeout(() => stopping.abort(), 10)
      return false
    },
  })
  await looping
  expect(turns).toBe(1)
})
