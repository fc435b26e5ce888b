import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { fields, ownFieldsOf } from '#know/fields/index.ts'
import { tagsOf, tagsOfMany } from '#know/tags/index.ts'
import type { Context } from '#platform/context.ts'
import type { TableShape } from '#platform/files/index.ts'
import { serverOf, useHouse } from '#platform/testing/index.ts'
import { anImport } from './an-import.ts'
import { guessPreset } from './guess.ts'
import { problemsFrom } from './problems.ts'
import { run } from './run.ts'
import { startUndo } from './steer.ts'

const house = useHouse()

async function namesHeld(ctx: Context): Promise<Record<string, string[]>> {
  const { rows } = await sql<{ id: number; number: string }>`select id, number from customers order by id`.execute(
    ctx.db,
  )
  const names = new Map((await tagsOf(ctx)).map(({ id, name }) => [id, name]))
  const held = new Map(
    (
      await tagsOfMany(
        ctx,
        rows.map(({ id }) => id),
      )
    ).map((one) => [one.customerId, one.tagIds]),
  )
  return Object.fromEntries(
    rows.map(({ id, number }) => [number, (held.get(id) ?? []).map((tag) => names.get(tag)!).sort()]),
  )
}

test('a file brings tags and the shop’s own fields by their names; the next one changes them, and an undo takes them back', async () => {
  const ctx = await house()
  const desk = serverOf(ctx, [fields])
  for (const body of [
    { name: 'Skin', kind: 'choice', choices: [{ name: '干性' }, { name: '油性' }] },
    { name: 'Budget', kind: 'money' },
    { name: 'Wedding', kind: 'day' },
    { name: 'Member of club', kind: 'yesno' },
  ]) {
    await desk.request('POST', '/fields', { body })
  }
  const header = 'Customer ID,Name,Tags,skin,Budget,Wedding,Member of club\n'
  // As the guess would propose: columns of the fields' own names.
  const shape = { columns: header.trim().split(','), sample: [], name: 'people.csv' } as unknown as TableShape
  const preset = guessPreset(shape, {
    presets: [],
    zone: 'Asia/Shanghai',
    currency: 'CNY',
    own: await ownFieldsOf(ctx),
  })

  const one = await anImport(
    ctx,
    `${header}k1,Ana,"VIP, 爱白茶",油性,¥200,2020-05-20,是\nk2,Bo,vip,,,,\nk3,Cy,,nonsense,,,\n`,
    { preset },
  )
  const first = await namesHeld(ctx)
  const { rows: values } = await sql<{ field: string; value: unknown }>`
    select field, value from profile_values where field like 'own.%' order by field`.execute(ctx.db)
  const { rows: problems } = await sql`select 1 from import_problems where import_id = ${one.id}`.execute(ctx.db)
  const [problem] = await problemsFrom(ctx, one.id, 0, 10)
  const two = await anImport(ctx, `${header}k1,Ana,VIP,干性,,,\n`, { preset })
  const second = await namesHeld(ctx)
  const again = await anImport(ctx, `${header}k1,Ana,"VIP",干性,,,\nk9,Di,New,,,,\n`, { preset })
  expect([one, two, again].map(({ state, failure }) => [state, failure])).toEqual(Array(3).fill(['applied', null]))
  await startUndo(ctx, again.id)
  await run(ctx, again.id, new AbortController().signal)

  expect(one.state).toBe('applied')
  expect(first).toEqual({ k1: ['VIP', '爱白茶'], k2: ['VIP'] })
  expect(values.map(({ value }) => value)).toEqual([2, 20_000, '2020-05-20', true])
  expect(problems).toHaveLength(1)
  expect(problem).toMatchObject({ reason: 'exchange.no_choice', columnName: 'skin', value: 'nonsense' })
  expect(two.state).toBe('applied')
  expect(second.k1, 'the source says one tag less').toEqual(['VIP'])
  expect((await namesHeld(ctx)).k9).toBeUndefined()
})
