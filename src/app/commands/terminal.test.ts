import { expect, test } from 'vitest'
import { progressBar } from './terminal.ts'

function screenOf(isTTY: boolean) {
  const written: string[] = []
  return { written, screen: { isTTY, columns: 60, write: (text: string) => written.push(text) } }
}

test('on a terminal a bar redraws itself', () => {
  const { written, screen } = screenOf(true)
  let now = 1_000_000
  const bar = progressBar(() => now, screen)

  bar.show('orders', 0.5)
  bar.show('orders', 0.501) // within a tenth of a second: not drawn
  now += 1000
  bar.show('orders, a rather long text that does not fit on this terminal', 0.75)
  bar.end()

  expect(written).toEqual([
    `\r\u001b[2K${'█'.repeat(12)}${'░'.repeat(12)}  50% orders`,
    expect.stringContaining(`${'█'.repeat(18)}${'░'.repeat(6)}  75% orders`),
    '\n',
  ])
  expect(written[1]!.length).toBeLessThanOrEqual(60 + 5)
})

test('in a pipe it is a plain line every ten seconds', () => {
  const { written, screen } = screenOf(false)
  let now = 1_000_000
  const bar = progressBar(() => now, screen)

  for (let second = 0; second < 25; second += 1) {
    bar.show('reading', second / 100)
    now += 1000
  }
  bar.end()

  expect(written).toEqual(['0% reading\n', '10% reading\n', '20% reading\n'])
})
