import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { endpoint } from '#platform/contract/index.ts'
import { apiOf } from './api.ts'
import { ProblemError } from './problem-error.ts'

const declared = { tag: 'Tea', may: 'open', scope: 'none' } as const
const contract = {
  add: endpoint({
    ...declared,
    method: 'POST',
    path: '/teas',
    summary: '',
    input: z.object({ name: z.string() }),
    output: z.object({ id: z.number() }),
  }),
  edit: endpoint({
    ...declared,
    method: 'PATCH',
    path: '/teas/{id}',
    summary: '',
    edit: true,
    input: z.object({ id: z.number(), name: z.string() }),
    output: z.object({}),
  }),
}

const sent: Request[] = []

function answers(...responses: (() => Response)[]) {
  vi.stubGlobal('location', { origin: 'http://shop.test' })
  vi.stubGlobal('document', { documentElement: { lang: 'zh-TW' }, cookie: '' })
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push(request)
    return responses.shift()!()
  })
}

afterEach(() => {
  sent.length = 0
  vi.unstubAllGlobals()
})

test('a new tea is asked for with a key, in the reader’s language', async () => {
  answers(() => Response.json({ id: 7 }))

  const tea = await apiOf('teas', contract).call.add({ name: '龙井' })

  expect(tea).toEqual({ id: 7 })
  expect(sent[0]?.url).toBe('http://shop.test/api/teas')
  expect(sent[0]?.headers.get('idempotency-key')).toMatch(/^\w{32}$/)
  expect(sent[0]?.headers.get('accept-language')).toBe('zh-TW')
})

test('after a lost answer the second try carries the same key, after a refusal another', async () => {
  answers(
    () => {
      throw new TypeError('network')
    },
    () => Response.json({ code: 'teas.taken', title: '已有同名的茶' }, { status: 409 }),
    () => Response.json({ id: 7 }),
  )
  const teas = apiOf('teas', contract)

  await expect(teas.call.add({ name: '龙井' })).rejects.toMatchObject({ code: 'web.unreachable' })
  await expect(teas.call.add({ name: '龙井' })).rejects.toMatchObject({ code: 'teas.taken', status: 409 })
  await teas.call.add({ name: '龙井' })

  const keys = sent.map((request) => request.headers.get('idempotency-key'))
  expect(keys[0]).toBe(keys[1])
  expect(keys[2]).not.toBe(keys[1])
})

test('an edit says which version it was made from', async () => {
  answers(() => Response.json({}))

  await apiOf('teas', contract).call.edit({ id: 7, name: '明前龙井' }, { context: { ifMatch: 3 } })

  expect(sent[0]?.url).toBe('http://shop.test/api/teas/7')
  expect(sent[0]?.headers.get('if-match')).toBe('"3"')
})

test('what cannot be used is told with its place', async () => {
  const places = [{ pointer: '/name', code: 'too_small', message: 'Too small' }]
  answers(() => Response.json({ code: 'http.invalid_input', title: '有内容不能用', errors: places }, { status: 400 }))

  const error = await apiOf('teas', contract)
    .call.add({ name: '' })
    .catch((error: unknown) => error)

  expect(error).toBeInstanceOf(ProblemError)
  expect(error).toMatchObject({ title: '有内容不能用', places })
})
