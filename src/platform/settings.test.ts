import { expect, test } from 'vitest'
import { z } from 'zod'
import { useHouse } from '#platform/testing/index.ts'
import { saveSetting, settingOf } from './settings.ts'

const house = useHouse()
const shape = z.object({ days: z.int().min(1), note: z.string() })
const defaults = { days: 90, note: '' }

test('a setting has its defaults until it is saved', async () => {
  const ctx = await house()

  expect(await settingOf(ctx, 'test', shape, defaults)).toEqual({ value: defaults, version: 0 })

  await saveSetting(ctx, 'test', shape, { days: 60, note: 'spring' }, 0)
  expect(await settingOf(ctx, 'test', shape, defaults)).toEqual({ value: { days: 60, note: 'spring' }, version: 1 })
})

test('two people saving a setting at once: one wins, the other is told', async () => {
  const ctx = await house()
  const save = (days: number, version: number) => saveSetting(ctx, 'test', shape, { days, note: '' }, version)

  const first = await Promise.allSettled([save(30, 0), save(60, 0)])
  const then = await Promise.allSettled([save(31, 1), save(61, 1)])

  for (const tries of [first, then]) {
    expect(tries.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(tries.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'http.stale' } })
  }
})

test('what an older version did not know comes from the defaults', async () => {
  const ctx = await house()
  await saveSetting(ctx, 'test', z.object({ days: z.int() }), { days: 7 }, 0)

  expect((await settingOf(ctx, 'test', shape, defaults)).value).toEqual({ days: 7, note: '' })
})
