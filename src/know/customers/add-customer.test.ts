import { describe, expect, test } from 'vitest'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { addCustomer } from './add-customer.ts'
import { addIdentifier } from './add-identifier.ts'
import { duplicatesOf } from './find-duplicates.ts'
import { customers } from './module.ts'
import { aCustomer } from './testing/a-customer.ts'
import { timelineOf } from './timeline.ts'

const house = useHouse()
const nothing = { values: {}, phones: [], emails: [] }

test('a customer added by hand is known with everything that was said', async () => {
  const ctx = await house()
  const desk = serverOf(ctx, [customers()], staffActor(['customers.read', 'customers.edit']))

  const answer = await desk.request('POST', '/customers', {
    body: {
      values: {
        name: '欧阳锋',
        gender: 'male',
        birthday: { calendar: 'lunar', year: 1990, month: 5, day: 3, leap: true },
        city: '上海',
        preferences: '白茶，少糖',
      },
      phones: ['138 0013 8000'],
      emails: ['Feng@Example.com'],
      member: 'vip 7',
    },
  })

  expect(answer.status).toBe(201)
  expect(answer.body).toMatchObject({
    name: '欧阳锋',
    birthday: { calendar: 'lunar', year: 1990, month: 5, day: 3, leap: true },
    phone: '+8613800138000',
    email: 'feng@example.com',
    number: 'VIP7',
  })
  expect(answer.body.values.find((one: { field: string }) => one.field === 'preferences')).toMatchObject({
    value: '白茶，少糖',
    origin: 'staff',
    actor: 'staff:1',
    chosen: 'only',
  })
  const [fact] = (await timelineOf(ctx, answer.body.id, { limit: 5 })).items
  expect(fact).toMatchObject({ kind: 'customers.added', actor: 'staff:1' })
})

test('a birthday that no calendar has is refused with its place', async () => {
  const ctx = await house()
  const desk = serverOf(ctx, [customers()], staffActor(['customers.edit']))

  const answer = await desk.request('POST', '/customers', {
    body: { values: { name: '王', birthday: { calendar: 'lunar', year: 1991, month: 5, day: 3, leap: true } } },
  })

  expect(answer.status).toBe(400)
  expect(answer.body.errors).toMatchObject([{ pointer: '/values/birthday', message: 'no_such_leap_month' }])
})

test('nobody, and an impossible phone, are refused', async () => {
  const ctx = await house()

  await expect(addCustomer(ctx, { ...nothing, values: { city: '上海' } })).rejects.toMatchObject({
    code: 'customers.nobody',
  })
  await expect(addCustomer(ctx, { ...nothing, phones: ['12345'] })).rejects.toMatchObject({
    code: 'customers.phone_impossible',
  })
})

describe('somebody who is there already', () => {
  test('is found by phone in any writing, by e-mail, by name with birthday or city, with the reason', async () => {
    const ctx = await house()
    const birthday = { calendar: 'solar' as const, month: 5, day: 3, year: 1990 }
    const one = await aCustomer(ctx, {
      name: '王小明',
      phones: ['13800138000'],
      emails: ['ming@example.com'],
      city: '上海',
      birthday,
    })
    const reasons = async (input: Partial<Parameters<typeof duplicatesOf>[1]>) =>
      (await duplicatesOf(ctx, { ...nothing, ...input })).map(({ id, reasons }) => [id, reasons])

    expect(await reasons({ phones: ['+86 138-0013-8000'] })).toEqual([[one.id, ['phone']]])
    expect(await reasons({ emails: ['MING@EXAMPLE.COM'] })).toEqual([[one.id, ['email']]])
    expect(await reasons({ values: { name: ' 王小明', city: '上海' } })).toEqual([[one.id, ['name_city']]])
    expect(await reasons({ values: { name: '王小明', birthday: { calendar: 'solar', month: 5, day: 3 } } })).toEqual([
      [one.id, ['name_birthday']],
    ])
    expect(await reasons({ values: { name: '王小明', birthday: { ...birthday, year: 1991 } } })).toEqual([])
    expect(await reasons({ values: { name: '王小明' } })).toEqual([])
    expect(await reasons({ values: { name: '王晓明', city: '上海' } })).toEqual([])
    expect(await reasons({ phones: ['1380013'] })).toEqual([])
  })

  test('stops the adding, unless a person says that it is another one', async () => {
    const ctx = await house()
    const mother = await aCustomer(ctx, { name: '王芳', phones: ['13800138000'] })
    const daughter = { ...nothing, values: { name: '王小芳' }, phones: ['13800138000'] }

    await expect(addCustomer(ctx, daughter)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'customers.duplicate',
      params: { ids: String(mother.id), count: 1 },
    })
    expect(await addCustomer(ctx, { ...daughter, anyway: true })).toMatchObject({ name: '王小芳' })
  })

  test('keeps a member number for one', async () => {
    const ctx = await house()
    const one = await aCustomer(ctx, { name: '王芳', member: 'VIP7' })
    const other = await aCustomer(ctx, { name: '李雷' })

    const taken = addIdentifier(ctx, other.version, { id: other.id, kind: 'member', value: 'vip7', anyway: true })

    await expect(taken).rejects.toMatchObject({ code: 'customers.member_taken', params: { id: one.id } })
  })

  test('added at two tills in the same second, is added once', async () => {
    const ctx = await house()
    const person = { ...nothing, values: { name: '王芳', city: '上海' } }

    const tries = await Promise.allSettled([
      addCustomer(ctx, { ...person, phones: ['13800138000'] }),
      addCustomer(ctx, { ...person, phones: ['13800138000'] }),
      addCustomer(ctx, person),
    ])

    expect(tries.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
  })
})
