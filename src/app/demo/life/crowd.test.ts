import { expect, test } from 'vitest'
import { birthdayObjection } from '#know/customers/contract.ts'
import { addDays } from '#platform/days.ts'
import { personAs } from '../people/person-as.ts'
import { livesOf } from '../record.ts'
import type { Happening } from './crowd.ts'
import type { Deed } from './deeds.ts'
import { nextVisit } from './visits.ts'

const opened = '2024-02-26'
const weeks = 104

function lived({ customers = 2000, seed = 3, days = weeks * 7 }): {
  all: Happening[]
  lives: ReturnType<typeof livesOf>
} {
  const lives = livesOf({ seed, customers, zeal: 1, curiosity: 1, opened, weeks }, new Date('2026-02-23T00:00:00Z'))
  const all: Happening[] = []
  while (lives.crowd.day < days) all.push(...lives.crowd.nextDay())
  return { all, lives }
}

/** What somebody did, by the number of the customer, so that shops of different sizes can be compared. */
function deeds({ all, lives }: ReturnType<typeof lived>): Map<string, string[]> {
  const told = new Map<string, string[]>()
  for (const one of all) {
    const customer = 'customer' in one ? one.customer : one.sale.customer
    if (customer === undefined) continue
    const { externalId } = personAs(lives.crowd.agentOf(customer))
    const deed =
      'sale' in one
        ? [one.what, one.sale.number, one.sale.amount].join(' ')
        : one.what === 'did'
          ? [one.event, one.good?.code, one.words, one.unknown].join(' ')
          : one.what
    told.set(externalId, [...(told.get(externalId) ?? []), `${new Date(one.at).toISOString()} ${deed}`])
  }
  return told
}

const small = lived({ customers: 600 })
const large = lived({ customers: 2000 })

test('a customer lives the same life, however many others there are', () => {
  const [few, many] = [deeds(small), deeds(large)]

  expect(few.size).toBeGreaterThan(500)
  for (const [who, deeds] of few) expect(many.get(who), who).toEqual(deeds)
})

test('the same seed is the same shop, another seed another', () => {
  expect(lived({ customers: 100 }).all).toEqual(lived({ customers: 100 }).all)
  expect(lived({ customers: 100, seed: 4 }).all).not.toEqual(lived({ customers: 100 }).all)
})

test('what happened does not depend on how far the story is told', () => {
  const half = lived({ customers: 600, days: 300 })

  expect(small.all.slice(0, half.all.length)).toEqual(half.all)
})

test('days that are only passed are the days that would have been told', () => {
  const passing = lived({ customers: 600, days: 0 }).lives.crowd
  passing.skipTo(700)
  const told = small.all.filter(({ at }) => at >= Date.parse(`${addDays(opened, 700)}T00:00:00+08:00`))

  const sales = passing.nextDay().filter(({ what }) => what === 'sale')

  expect(sales.length).toBeGreaterThan(0)
  expect(sales).toEqual(told.filter(({ what }) => what === 'sale').slice(0, sales.length))
})

test('the shop is a believable one: people come back, fade, sleep and are lost', () => {
  const visits = new Map<number, number[]>()
  for (const one of large.all) {
    if (one.what !== 'sale' || one.sale.customer === undefined || one.sale.settled?.status === 'void') continue
    visits.set(one.sale.customer, [...(visits.get(one.sale.customer) ?? []), one.at])
  }
  const end = Date.parse(`${addDays(opened, weeks * 7)}T00:00:00+08:00`)
  const away = [...visits.values()].map((days) => (end - days.at(-1)!) / 86_400_000)
  const share = (from: number, to: number) => away.filter((days) => days >= from && days < to).length / 2000

  const again = [...visits.values()].filter((days) => days.length > 1).length / visits.size
  expect(again).toBeGreaterThan(0.35)
  expect(again).toBeLessThan(0.55)
  expect(share(0, 90)).toBeGreaterThan(0.25)
  expect(share(90, 180)).toBeGreaterThan(0.07)
  expect(share(180, 270)).toBeGreaterThan(0.06)
  expect(share(270, 9999)).toBeGreaterThan(0.2)
  expect(2000 - visits.size).toBeGreaterThan(80)
})

test('the year has its seasons: presents before the feasts, a crowd on the eleventh of November, silence at New Year', () => {
  const salesOn = (from: string, to: string) =>
    large.all.filter((one) => one.what === 'sale' && one.sale.day >= from && one.sale.day <= to).length

  const usual = salesOn('2025-10-13', '2025-10-26') / 14
  expect(salesOn('2025-11-11', '2025-11-11')).toBeGreaterThan(usual * 2.5)
  expect(salesOn('2025-09-15', '2025-10-01') / 17).toBeGreaterThan(usual * 1.2)
  expect(salesOn('2026-02-16', '2026-02-18') / 3).toBeLessThan(usual * 0.5)
})

const did = (event: Deed['event']) => large.all.filter((one): one is Deed => one.what === 'did' && one.event === event)

test('who buys has looked before, favourites come before the purchase, and who fades looks less', () => {
  const sales = large.all.flatMap((one) => (one.what === 'sale' && one.sale.customer !== undefined ? [one.sale] : []))
  const viewed = new Map(did('Product Viewed').map((one) => [`${one.customer} ${one.good!.code}`, one.at]))
  const online = sales.filter(({ outlet }) => outlet.online)
  const seen = online.filter(({ customer, lines, at }) =>
    lines.some(({ good }) => (viewed.get(`${customer} ${good.code}`) ?? Number.POSITIVE_INFINITY) < at + 1e11),
  )
  expect(seen.length / online.length).toBeGreaterThan(0.85)

  const bought = new Map(
    sales.flatMap(({ customer, lines, at }) => lines.map(({ good }) => [`${customer} ${good.code}`, at] as const)),
  )
  const later = did('Product Added to Wishlist').flatMap(({ customer, good, at }) => {
    const then = bought.get(`${customer} ${good!.code}`)
    return then === undefined ? [] : [(then - at) / 86_400_000]
  })
  expect(later.filter((days) => days > 0.2).length).toBeGreaterThan(later.length * 0.8)

  const last = new Map(sales.map(({ customer, at }) => [customer!, at]))
  const gone = did('Page').flatMap(({ customer, at }) =>
    last.has(customer) ? [(at - last.get(customer)!) / 86_400_000] : [],
  )
  const after = (from: number, to: number) => gone.filter((days) => days >= from && days < to).length
  expect(after(1, 31)).toBeGreaterThan(after(31, 61))
  expect(after(31, 61)).toBeGreaterThan(after(121, 151))
})

test('what somebody does stands in the order of time, and nobody is known to a page before joining', () => {
  const joined = new Map<number, number>()
  let before = 0
  for (const one of large.all) {
    expect(one.at).toBeGreaterThanOrEqual(before)
    before = one.at
    if (one.what === 'arrival') joined.set(one.customer, one.at)
    if (one.what === 'did' && !one.unknown) expect(joined.has(one.customer)).toBe(true)
    if (one.what === 'did' && one.unknown) expect(one.event).not.toMatch(/^(Signed In|Store Visited)$/)
  }
  const early = large.all.filter((one) => one.what === 'did' && one.unknown)
  expect(early.length).toBeGreaterThan(300)
  // A customer's share of what a shop of twenty thousand tells: some hundred thousands in two years.
  const each = large.all.filter(({ what }) => what === 'did').length / 2000
  expect(each).toBeGreaterThan(15)
  expect(each).toBeLessThan(32)
})

test('families share a phone, one person has several accounts, and nobody’s number can be dialled', () => {
  const people = Array.from({ length: 2000 }, (_, customer) => personAs(large.lives.crowd.agentOf(customer)))
  const byPhone = Map.groupBy(
    people.filter(({ phone }) => phone),
    ({ phone }) => phone!,
  )
  const shared = [...byPhone.values()].filter((group) => group.length > 1)

  expect(shared.some((group) => new Set(group.map(({ values }) => values.name)).size === group.length)).toBe(true)
  expect(shared.some((group) => new Set(group.map(({ values }) => values.name)).size < group.length)).toBe(true)
  for (const phone of byPhone.keys()) expect(phone).toMatch(/^\+8614[0-4]\d{8}$/)
  for (const { values } of people) expect(values.birthday && birthdayObjection(values.birthday)).toBeUndefined()
})

test('nobody comes twice on a day, and no visit is planned for a day that has passed', () => {
  for (let customer = 0; customer < 400; customer += 1) {
    const agent = large.lives.crowd.agentOf(customer)
    let visit: ReturnType<typeof nextVisit> = { index: 0, day: 10, spell: 0, inSpell: 0 }
    for (let step = 0; visit && step < 20; step += 1) {
      const next = nextVisit(agent, visit, large.lives.calendar)
      if (next) expect(next.day).toBeGreaterThan(visit.day)
      visit = next
    }
  }
})

test('no more is given back than was bought, and not what was never paid', () => {
  for (const one of large.all) {
    if (one.what !== 'refund') continue
    expect(one.sale.settled?.status).not.toBe('void')
    expect(one.at).toBeGreaterThan(one.sale.at)
    if (!one.sale.refund!.whole) expect(one.sale.lines[one.sale.refund!.line]).toBeDefined()
  }
})
