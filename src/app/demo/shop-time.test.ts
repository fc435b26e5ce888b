import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { pacedClock } from '#platform/clock.ts'
import { useHouse } from '#platform/testing/index.ts'
import { foundDemo } from './found.ts'
import { carry, followShopTime } from './shop-time.ts'

const house = useHouse({ empty: true })
const ahead = (clock: { now(): Date; machine(): Date }) => clock.now().getTime() - clock.machine().getTime()

test('shop time is the machine’s until somebody carries it faster; nobody carrying it, it stands', () => {
  const clock = pacedClock(1_000)
  const machine = new Date(Date.now() - 60_000)
  expect(ahead(clock)).toBeCloseTo(0, -2)

  clock.follow({ shop: new Date(machine.getTime() + 86_400_000), machine, speed: 1440 })

  // A minute without news counts as its first second.
  expect(clock.now().getTime()).toBe(machine.getTime() + 86_400_000 + 1440_000)
})

test('shop time is never behind the machine’s', () => {
  const clock = pacedClock(1_000)

  clock.follow({ shop: new Date('2020-01-01T00:00:00Z'), machine: new Date(), speed: 10 })

  expect(ahead(clock)).toBeCloseTo(0, -2)
})

test('another process of the house has the same shop time as the one that carries it', async () => {
  const ctx = await house()
  const carried = pacedClock(5_000)
  await foundDemo({ ...ctx, clock: carried }, { seed: 1, customers: 10, weeks: 4 })
  carried.follow({ shop: new Date(Date.now() + 30 * 86_400_000), machine: new Date(), speed: 1440 })
  await carry(ctx, carried, 1440)

  const other = pacedClock(5_000)
  const following = await followShopTime(ctx, other)
  await pause(50)
  const apart = Math.abs(other.now().getTime() - carried.now().getTime())
  following.stop()

  expect(apart).toBeLessThan(1440 * 20)
  expect(ahead(other)).toBeGreaterThan(29 * 86_400_000)
})

test('a real house has the machine’s time and no row for another', async () => {
  const ctx = await house()
  const clock = pacedClock(5_000)

  const following = await followShopTime(ctx, clock)
  following.stop()

  expect(ahead(clock)).toBeCloseTo(0, -2)
  const { rows } = await sql`select * from demo_shop`.execute(ctx.db)
  expect(rows).toEqual([])
})
