import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { diceOf } from './dice.ts'
import type { FoundPair } from './found.ts'
import type { Person } from './person.ts'
import { scanPeople } from './scan-people.ts'

const solar = (year: number, month: number, day: number) => ({ calendar: 'solar' as const, year, month, day })
const home = { province: '浙江', city: '杭州', district: '西湖区', address: '问茶巷27号3幢501室' }

type Told = Omit<Person, 'id'>
const stories: Record<string, { one: Told; other: Told; same: boolean }> = {
  'a name written in Latin letters, the surname behind': {
    one: { name: '王小明', phones: ['+8613800138000'], birthday: solar(1985, 3, 12) },
    other: { name: 'Xiaoming Wang', birthday: solar(1985, 3, 12), gender: 'male' },
    same: true,
  },
  'one digit of the phone, and a name that sounds the same': {
    one: { name: '李婧', phones: ['+8613912340987'], ...home },
    other: { name: '李静', phones: ['+8613912340978'], city: '杭州' },
    same: true,
  },
  'day and month of the birthday exchanged': {
    one: { name: '欧阳芷若', birthday: solar(1991, 4, 9), city: '苏州' },
    other: { name: '欧阳芷若', birthday: solar(1991, 9, 4), city: '苏州', province: '江苏' },
    same: true,
  },
  'a lunar birthday told by the sun’s calendar': {
    one: { name: '慕容雪', birthday: { calendar: 'lunar', year: 1990, month: 8, day: 15 } },
    other: { name: '慕容雪', birthday: solar(1990, 10, 3) },
    same: true,
  },
  'given and family name in each other’s field, and a typo in the street': {
    one: { given: 'petreece', family: 'lusted', street: 'baseby place', number: '78', postcode: '6214' },
    other: { given: 'lusted', family: 'petreece', street: 'baseby lace', number: '78', postcode: '6214' },
    same: true,
  },
  'a typo in the given name, and a wrong digit early in the phone': {
    one: { name: 'Xanthippe Quillfeather', phones: ['+8613912345678'] },
    other: { name: 'Xantippe Quillfeather', phones: ['+8613812345678'] },
    same: true,
  },
  'mother and daughter who share phone, surname and home': {
    one: { name: '陈秀英', phones: ['+8613700001111'], birthday: solar(1962, 5, 1), gender: 'female', ...home },
    other: { name: '陈梓萱', phones: ['+8613700001111'], birthday: solar(1990, 11, 20), gender: 'female', ...home },
    same: false,
  },
  'a couple of whom only names, phone and home are known': {
    one: { name: '赵国强', phones: ['+8613700002222'], ...home, address: '听泉路8号' },
    other: { name: '钱丽娟', phones: ['+8613700002222'], ...home, address: '听泉路8号' },
    same: false,
  },
  'the same phone, and nothing else of the person': {
    one: { phones: ['+8613700003333'] },
    other: { name: '孙海燕', phones: ['+8613700003333'] },
    same: false,
  },
  'two of the most common name in one city': {
    one: { name: '王伟', city: '上海', phones: ['+8613512340001'] },
    other: { name: '王伟', city: '上海', phones: ['+8613698761234'] },
    same: false,
  },
}

/** People who have nothing to do with the stories, but make some names and towns common. */
function crowd(): Person[] {
  const dice = diceOf(3)
  const of = (text: string) => [...text][Math.floor(dice() * [...text].length)]!
  return Array.from({ length: 1_500 }, (_, i) => ({
    id: 1_000 + i,
    name: `${of('王王王李李张陈赵钱孙周吴')}${of('小大国丽海秀文伟芳敏静强')}${of('明军娟燕英杰华平 ').trim()}`,
    gender: of('男女') === '男' ? 'male' : 'female',
    phones: [`+86139${String(Math.floor(dice() * 1e8)).padStart(8, '0')}`],
    birthday: solar(1950 + Math.floor(dice() * 50), 1 + Math.floor(dice() * 12), 1 + Math.floor(dice() * 28)),
    ...(i % 3 === 0 ? { province: '浙江', city: '杭州' } : { province: '上海', city: '上海' }),
  }))
}

describe('a set of people', () => {
  const found = new Map<string, FoundPair>()
  let people: Person[]

  beforeAll(async () => {
    people = Object.values(stories).flatMap(({ one, other }, i) => [
      { ...one, id: 2 * i + 1 },
      { ...other, id: 2 * i + 2 },
    ])
    const { pairs } = await scanPeople([people, crowd()], { threads: 2 })
    for (const pair of pairs) found.set(`${pair.one} ${pair.other}`, pair)
  })

  test.each(Object.keys(stories).map((name, i) => [name, i] as const))('%s', (name, i) => {
    const pair = found.get(`${2 * i + 1} ${2 * i + 2}`)

    expect(pair?.probability ?? 0, JSON.stringify(pair)).toSatisfy((p: number) => p >= 0.5 === stories[name]!.same)
  })

  test('strangers are left alone, and every pair has its reasons', () => {
    const strangers = [...found.values()].filter(({ one, other }) => one >= 1_000 && other >= 1_000)

    expect(strangers.length).toBeLessThan(8)
    expect(found.get('1 2')!.reasons).toContainEqual(expect.objectContaining({ field: 'birth', how: 'same' }))
    expect(found.get('3 4')!.reasons).toContainEqual(expect.objectContaining({ field: 'phone', how: 'near' }))
    expect(found.get('5 6')!.reasons).toContainEqual(expect.objectContaining({ field: 'birth', how: 'near' }))
    expect(found.get('9 10')!.reasons).toContainEqual({ field: 'name', how: 'exchanged', bits: 0 })
  })

  test('the same people in another order, by one thread, give the same pairs', async () => {
    const { pairs } = await scanPeople([crowd(), [...people].reverse()], { threads: 1 })

    expect(new Set(pairs.map(({ one, other }) => `${one} ${other}`))).toEqual(new Set(found.keys()))
  })

  test('a look can be ended in the middle', async () => {
    const end = new AbortController()
    const reason = new Error('somebody pressed cancel')
    const batches = (function* () {
      yield people
      end.abort(reason)
      yield crowd()
    })()

    await expect(scanPeople(batches, { signal: end.signal })).rejects.toBe(reason)
  })
})

const data = fileURLToPath(new URL('../../../../../shared/data/febrl/dataset1.csv', import.meta.url))
test.skipIf(!existsSync(data))(
  'of Febrl’s first set at least 99 of 100 are found, and hardly anybody else',
  async () => {
    const { febrl } = await import('../../../../bench/duplicates/febrl.ts')
    const { qualityOf } = await import('../../../../bench/duplicates/quality.ts')
    const { people, who } = febrl(data)

    const { pairs } = await scanPeople([people])

    const { f1 } = qualityOf(
      who,
      pairs.map(({ one, other }) => [one - 1, other - 1] as const),
    )
    expect(f1).toBeGreaterThan(0.99)
  },
)
