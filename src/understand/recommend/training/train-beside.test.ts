import { expect, test } from 'vitest'
import type { Rows } from './rows.ts'
import { trainBeside } from './train-beside.ts'
import type { ThreadStart } from './train-thread.ts'

const start: ThreadStart = {
  number: 5,
  products: [1, 2, 3].map((id) => ({ id, category: null, brandId: null, price: null, offered: id !== 3 })),
  today: 20_000,
  most: 12,
  refused: [[40, [2]]],
}

/** Customers 1 to 30 bought 1 and 2 two days ago, and 40 and 41 bought 1 alone. */
const lines = [
  ...Array.from({ length: 30 }, (_, at) => [1, 2].map((product) => line(at + 1, product)).join('')),
  line(40, 1),
  line(41, 1),
]
function line(customer: number, product: number): string {
  return `${customer}\t${product}\t[19998]\t1\t0\t0\t0\t0\t0\t0\n`
}
async function* inParts(): AsyncGenerator<string> {
  yield lines.slice(0, 20).join('')
  yield lines.slice(20).join('')
}

test('a thread learns from all, then makes each one’s list, and leaves out what is not for somebody', async () => {
  const written: Rows[] = []

  const made = await trainBeside(start, { read: inParts, write: async (rows) => void written.push(rows) })

  expect(made).toEqual({ people: 32, products: 2, taken: 62, served: 1, listed: 1 })
  const textOf = (table: string) =>
    written
      .filter((rows) => rows.table === table)
      .map(({ text }) => text)
      .join('')
  expect(textOf('related_products').split('\n').filter(Boolean)).toEqual([
    expect.stringMatching(/^5\t1\t2\t0\.\d+\t30\t0$/),
    expect.stringMatching(/^5\t2\t1\t0\.\d+\t30\t0$/),
  ])
  expect(textOf('product_habits')).toBe('5\t1\t32\t32\t0\t0\n5\t2\t30\t30\t0\t0\n')
  expect(textOf('next_products')).toMatch(/^5\t41\t1\t2\t0\.\d+\trelated\t1\t1970-01-01\t0\t0\n$/)
})

test('a stop ends it at once, and what cannot be written ends it with that', async () => {
  const stopped = new AbortController()
  const reason = new Error('stopped')
  async function* endless(): AsyncGenerator<string> {
    for (;;) {
      yield line(1, 1)
      stopped.abort(reason)
    }
  }

  await expect(trainBeside(start, { read: endless, write: async () => {}, signal: stopped.signal })).rejects.toBe(
    reason,
  )
  const full = new Error('the disk is full')
  await expect(trainBeside(start, { read: inParts, write: async () => Promise.reject(full) })).rejects.toBe(full)
})
