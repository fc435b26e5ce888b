import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Condition, condition } from '../contract.ts'
import { randomTree, type Vocabulary } from '../testing/random-tree.ts'
import { complete } from './complete.ts'
import { format } from './format.ts'
import { namesOf } from './names.ts'
import { parse } from './parse.ts'

const names = namesOf({
  digits: 2,
  lists: {
    tag: [
      { id: 1, name: 'VIP' },
      { id: 2, name: '爱喝茶' },
      { id: 3, name: 'and' },
      { id: 4, name: 'say "hi" \\o/' },
    ],
    shop: [
      { id: 1, name: '一店' },
      { id: 2, name: '2' },
      { id: 3, name: '一店' },
    ],
    staff: [
      { id: 7, name: '小王' },
      { id: 8, name: 'Li Lei' },
    ],
    way: [
      { id: 1, name: '抖音' },
      { id: 2, name: 'unnamed' },
    ],
    product: [
      { id: 1, name: '白茶饼（2020）' },
      { id: 2, name: 'A-1' },
      { id: 3, name: '2026-01-01' },
    ],
    brand: [{ id: 1, name: '本家' }],
    segment: [{ id: 5, name: '新客' }],
    snapshot: [{ id: 5, name: '春节' }],
    state: [{ id: 6, name: 'VIP 候选' }],
  },
  fields: [
    {
      id: 1,
      name: '皮肤',
      kind: 'choice',
      choices: [
        { id: 1, name: '干性' },
        { id: 2, name: '油, 性' },
      ],
    },
    { id: 2, name: '预算', kind: 'money', choices: [] },
    { id: 3, name: '身高', kind: 'number', choices: [] },
  ],
})

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))
const text = fc
  .oneof(
    fc.string({ maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.constantFrom('上海', 'New York', '#3', '12', 'OR', '"', 'a\\'),
  )
  .map((one) => one.trim())
  .filter((one) => one.length > 0)
const number = fc
  .oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
    fc.constantFrom(1e-9, 0.1, -5e-324),
  )
  .map((one) => one || 0)
const words: Vocabulary = {
  days: day,
  texts: text,
  money: fc.integer({ min: -9e12, max: 9e12 }),
  // 9 is nobody's number any more.
  ids: {
    staff: [7, 8, 9],
    shop: [1, 2, 3, 9],
    tag: [1, 2, 3, 4, 9],
    way: [1, 2, 9],
    product: [1, 2, 3, 9],
    brand: [1, 9],
    segment: [5, 9],
    picked: [5, 9],
    state: [6, 9],
  },
  regions: [
    100_000,
    330_000,
    330_100,
    330_106,
    110_105,
    220_200,
    220_000,
    610_000,
    632_500,
    429_004,
    330_199,
    'FR',
    'FR/Île-de-France',
    'QQ',
    'FR/a / "b',
  ],
  categories: text,
  own: fc.record(
    {
      is: fc.constant('own' as const),
      fieldId: fc.constantFrom(1, 2, 3, 9),
      in: fc.array(fc.constantFrom(1, 2, 9), { minLength: 1, maxLength: 3 }),
      atLeast: number,
      atMost: number,
      from: day,
      to: day,
      yes: fc.boolean(),
      texts: fc.array(text, { minLength: 1, maxLength: 2 }),
      sure: fc.constant(true),
    },
    { requiredKeys: ['is', 'fieldId'] },
  ),
}

const read = (written: string): Condition => {
  const { tree, fault } = parse(written, names)
  if (!tree) throw new Error(`${JSON.stringify(fault)} in ${written}`)
  return tree
}

describe('a question as text', () => {
  test('is the same question again, whatever it is, and the text the same text', () => {
    fc.assert(
      fc.property(randomTree(words), fc.constantFrom(20, 100), (tree, width) => {
        fc.pre(condition.safeParse(tree).success)
        const written = format(tree, names, width)

        expect(read(written)).toEqual(tree)
        expect(format(read(written), names, width)).toBe(written)
      }),
      { numRuns: 2000 },
    )
  }, 120_000)

  test('as a marketer writes it', () => {
    const written = 'spent(last 180 days) >= 2000 and city in (上海, 杭州) and not did(cart, last 30 days)'

    expect(read(written)).toEqual({
      is: 'and',
      of: [
        { is: 'orders', of: 'spent', days: 180, atLeast: 200_000 },
        { is: 'text', field: 'city', in: ['上海', '杭州'] },
        { is: 'not', of: { is: 'did', kind: 'carted', days: 30 } },
      ],
    })
    expect(format(read(written), names)).toBe(written)
    expect(format(read('SPENT（last 180 days）≥ 19.90 or tag = vip'), names)).toBe(
      'spent(last 180 days) >= 19.9 or tag = VIP',
    )
    expect(format(read('purchases > 2 and bought(last 30 days, product = A-1)'), names)).toBe(
      'purchases >= 3 and orders(last 30 days, product = A-1) >= 1',
    )
    expect(format(read('path(after arrival then view then not in (cart, buy), last 28 days)'), names)).toBe(
      'path(after arrival then view then not in (cart, buy), last 28 days)',
    )
    expect(format(read('parcel(shipped, not received) > 6'), names)).toBe('parcel(shipped, not received) >= 7')
    expect(format(read('sequence(view(category = 茶) then not buy within 7 days, last 90 days)'), names)).toBe(
      'sequence(view(category = 茶) then not buy within 7 days, last 90 days)',
    )
    expect(read('  ')).toEqual({ is: 'everyone' })
  })

  test('names stand in quotes where they would be taken for something else, and as numbers where two are called so', () => {
    const tags: Condition = { is: 'tagged', in: [1, 2, 3, 4, 9] }

    expect(format(tags, names)).toBe('tag in (VIP, 爱喝茶, "and", "say \\"hi\\" \\\\o/", #9)')
    expect(format({ is: 'shop', in: [1, 2, 3] }, names)).toBe('shop in (#1, "2", #3)')
    expect(read('shop = 2')).toEqual({ is: 'shop', in: [2] })
  })

  test('a long one is broken into lines', () => {
    const written = format(read('(stage = silent or stage = lost and new) and (city = 上海 or tag = VIP)'), names, 24)

    expect(written).toBe('(\n  stage = silent\n  or (stage = lost and new)\n)\nand (city = 上海 or tag = VIP)')
  })
})

describe('a mistake', () => {
  const fault = (written: string) => {
    const found = parse(written, names).fault
    return (
      found && [
        written.slice(found.offset, found.offset + found.length),
        found.key,
        found.params.expected ?? found.params.name,
      ]
    )
  }

  test('is shown at its word, with what was expected', () => {
    expect(fault('stage = silnt')).toEqual([
      'silnt',
      'query.text.expected',
      'active · silent · sleeping · lost · never',
    ])
    expect(fault('region = 西湖区')).toEqual(['西湖区', 'query.text.several_regions', '西湖区'])
    expect(fault('region = 亚特兰蒂斯')).toEqual(['亚特兰蒂斯', 'query.text.unknown_name', '亚特兰蒂斯'])
    expect(fault('tag = 会员')).toEqual(['会员', 'query.text.unknown_name', '会员'])
    expect(fault('spent(last 30) >= 5')).toEqual([')', 'query.text.expected', 'days'])
    expect(fault('new and')?.slice(0, 2)).toEqual(['', 'query.text.expected'])
    expect(fault('(new')).toEqual(['', 'query.text.expected', 'and · or · )'])
    expect(fault('purchases >= 2.5')).toEqual(['2.5', 'query.text.whole', undefined])
    expect(fault('did(cart, last 30 days, last 3 days)')?.slice(0, 2)).toEqual(['last', 'query.text.expected'])
    expect(fault('added >= 2026-02-30')?.[1]).toBe('query.text.out_of_range')
    expect(fault(`${'not '.repeat(11)}new`)?.[1]).toBe('query.text.too_large')
    expect(fault(`${'('.repeat(5000)}new`)?.[1]).toBe('query.text.too_large')
  })
})

describe('while writing', () => {
  const offers = (written: string) => {
    const cursor = written.indexOf('|')
    const { offset, items } = complete(written.replace('|', ''), cursor, names, (of) =>
      of === 'city' ? ['上海', 'New York'] : [],
    )
    return [offset, items.map(({ text }) => text)]
  }

  test('what could stand at the cursor is offered, in place of what was begun', () => {
    expect(offers('sp|')).toEqual([0, ['spent']])
    expect(offers('new a|')).toEqual([4, ['and']])
    expect(offers('tag in (VIP, 爱|')).toEqual([13, ['爱喝茶']])
    expect(offers('city = |')).toEqual([7, ['上海', '"New York"']])
    expect(offers('own(皮肤, choice = 油|')).toEqual([17, ['"油, 性"']])
    expect(offers('spent(last 30 |')).toEqual([14, ['days']])
    expect(offers('did(cart, l|')).toEqual([10, ['last']])
    expect(offers('new|')[1]).toContain('new')
  })
})
