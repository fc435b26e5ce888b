import { outlets } from '../shop/houses.ts'
import type { Shelf } from '../shop/shelf.ts'
import { draw } from './chance.ts'
import type { Plan } from './crowd.ts'
import { type Sale, walkInSale } from './sale.ts'

/** Every store sells to people whom it does not know; more on Saturdays, and the larger the shop. */
export function* walkIns({ seed, calendar, population }: Plan, day: number, shelf: Shelf): Generator<Sale> {
  const busy = calendar.store[day] ?? 1
  for (const [place, outlet] of outlets.entries()) {
    if (outlet.online) continue
    const chance = { seed, key: (0xf0000000 | (place << 20) | day) >>> 0 }
    const wanted = (population.size / 20_000) * 5 * busy
    const count = Math.floor(wanted + draw(chance, 'walkIn'))
    for (let at = 0; at < count; at += 1) {
      const own = { seed: seed ^ Math.imul(at + 1, 0x9e3779b1), key: chance.key }
      yield walkInSale(own, outlet, day, at, calendar, shelf)
    }
  }
}
