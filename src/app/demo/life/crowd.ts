import { keyOf } from '../people/kin.ts'
import type { Shelf } from '../shop/shelf.ts'
import { afterLast, agendaOfStrolls } from './agenda-of-strolls.ts'
import { type Agent, agentOf } from './agent.ts'
import type { Calendar } from './calendar.ts'
import { draw, happens } from './chance.ts'
import { type Deed, deedsBefore, deedsOf, reviewAfter } from './deeds.ts'
import { parcelOf } from './parcel.ts'
import { arrivalDay, type Population } from './population.ts'
import { linesOf, type Sale, saleOf } from './sale.ts'
import { hasBrowser, strollsAfter, strollsBefore, strollsUnknown } from './strolls.ts'
import { buysAtOnce, firstVisit, nextVisit, type Visit } from './visits.ts'
import { walkIns } from './walk-ins.ts'
import { wordsAfter } from './words-after.ts'

/** What happens in the shop, in the order in which it does. `at` in milliseconds. */
export type Happening =
  | { what: 'arrival'; at: number; customer: number }
  | { what: 'sale'; at: number; sale: Sale }
  | { what: 'settled'; at: number; sale: Sale }
  | { what: 'refund'; at: number; sale: Sale }
  | { what: 'step'; at: number; sale: Sale; step: 'shipped' | 'delivered' | 'received' }
  | { what: 'word'; at: number; customer: number; field: 'notes'; text: string }
  | Deed

export type Plan = {
  seed: number
  zeal: number
  /** How much more people look around than usual; 0: nothing is told of it. */
  curiosity: number
  /** The day from which on the shop tells how what it sells online goes to its buyers; never unless told. */
  parcelsSince?: number
  calendar: Calendar
  population: Population
  shelfOn(day: number): Shelf
}

export type Crowd = {
  /**
   * The next day of the shop, from its first on: all that happens on it, in order.
   * @param since what people did beside buying is left out of days that had ended by then
   */
  nextDay(since?: number): Happening[]
  /** Passes days without telling them, to where a telling goes on. About 1 µs a visit. */
  skipTo(day: number): void
  /** How many days are told. */
  readonly day: number
  agentOf(customer: number): Agent
}

/** Of somebody in the agenda: not come yet; nothing planned. */
const unborn = -1
const nothing = -1

/** Days before a visit from which on somebody looks for what will be bought. */
const inMind = 40

/**
 * All customers of a shop, living day by day. What it holds is small: for each customer the next visit, and what is still to come of
 * the last weeks' sales. Which customer is looked at when changes nothing: see chance.ts.
 */
export function crowdOf(plan: Plan): Crowd {
  const { population, calendar, seed } = plan
  const agenda: (number[] | undefined)[] = []
  const later = new Map<number, Happening[]>()
  let visits = new Int16Array(1024).fill(unborn)
  let spells = new Int16Array(1024)
  /** On which day each is expected. */
  let due = new Int16Array(1024).fill(nothing)
  const strolls = agendaOfStrolls()
  const { curiosity } = plan
  let today = 0

  const keys = population.keys
  const agentFor = (customer: number) => agentOf({ seed, key: keys(customer) }, plan.zeal)

  function enter(day: number, customer: number): void {
    const list = agenda[day]
    if (list) list.push(customer)
    else agenda[day] = [customer]
  }

  /** Those who come this week are drawn at its first day, and of those who come in the next who looks around before. */
  function beginWeek(): void {
    const week = Math.floor(today / 7)
    const from = population.upTo(week - 1)
    const to = population.upTo(week)
    const next = population.upTo(week + 1)
    if (visits.length < next) {
      const grow = (old: Int16Array, value: number) => {
        const grown = new Int16Array(next * 2).fill(value)
        grown.set(old)
        return grown
      }
      visits = grow(visits, unborn)
      spells = grow(spells, 0)
      due = grow(due, nothing)
    }
    for (let customer = from; customer < to; customer += 1) {
      enter(arrivalDay(calendar, today, { seed, key: keyOf(week, customer - from) }), customer)
    }
    if (curiosity === 0) return
    for (let customer = to; customer < next; customer += 1) {
      const chance = { seed, key: keyOf(week + 1, customer - to) }
      const came = arrivalDay(calendar, today + 7, chance)
      due[customer] = came
      strolls.enter(customer, 0, strollsUnknown(agentOf(chance, plan.zeal), came, curiosity), today)
    }
  }

  function planStrolls(
    who: Agent,
    customer: number,
    visit: Visit | undefined,
    since: { index: number; day: number },
  ): void {
    if (curiosity === 0) return
    if (visit) strolls.enter(customer, 0, strollsBefore(who, visit, today, curiosity), today)
    if (!visit || visit.day - today > 130)
      strolls.enter(customer, afterLast, strollsAfter(who, since, curiosity), today)
  }

  function plant(visit: Visit | undefined, customer: number): void {
    due[customer] = visit ? visit.day : nothing
    if (!visit) return
    visits[customer] = visit.index
    // Spell and place in it in one number: a spell is short.
    spells[customer] = (visit.spell << 14) | Math.min(visit.inSpell, 16383)
    enter(visit.day, customer)
  }

  function postpone(happening: Happening): void {
    const day = dayNumber(happening.at)
    if (day < today) return
    const list = later.get(day)
    if (list) list.push(happening)
    else later.set(day, [happening])
  }

  const dayNumber = (at: number) => Math.floor((at - calendar.begins) / 86_400_000)

  /** What those do who look around today. */
  function lookAround(shelf: Shelf): Deed[] {
    return strolls.on(today).flatMap(({ customer, place }) => {
      const agent = agentFor(customer)
      const unknown = visits[customer] === unborn
      const visit = unknown ? firstVisit(agent, due[customer]!, calendar) : expected(customer)
      const soon = visit && visit.day - today <= inMind
      const coming = soon ? linesOf(agent, visit, calendar, plan.shelfOn(visit.day)) : []
      const index = unknown ? 0 : visits[customer]!
      return deedsOf({ agent, customer, day: today, index, place, coming, unknown }, calendar, shelf)
    })
  }

  /** The visit that is planned, if any. */
  function expected(customer: number): Visit | undefined {
    const day = due[customer]!
    return day === nothing ? undefined : visitOf(customer, day)
  }

  function visitOf(customer: number, day: number): Visit {
    const spell = spells[customer]!
    return { index: visits[customer]!, day, spell: spell >> 14, inSpell: spell & 16383 }
  }

  function live(told: Happening[] | undefined, deeds: boolean): void {
    if (today % 7 === 0) beginWeek()
    const shelf = plan.shelfOn(today)
    if (told && deeds && curiosity > 0) for (const one of lookAround(shelf)) told.push(one)
    // Those who come today may buy today: they are entered behind, and met in the same pass.
    for (let at = 0; at < (agenda[today]?.length ?? 0); at += 1) {
      const customer = agenda[today]![at]!
      const who = agentFor(customer)
      if (visits[customer] === unborn) {
        const visit = firstVisit(who, today, calendar)
        if (told) {
          const came = arrival(who, customer, visit)
          told.push(came)
          if (deeds && curiosity > 0 && hasBrowser(who))
            told.push({ what: 'did', at: came.at + 1000, customer, event: 'Signed In', place: 0 })
        }
        visits[customer] = 0
        plant(visit, customer)
        planStrolls(who, customer, visit, { index: 0, day: today })
        continue
      }
      const visit = visitOf(customer, today)
      const next = nextVisit(who, visit, calendar)
      plant(next, customer)
      planStrolls(who, customer, next, visit)
      if (!told) continue
      const sale = saleOf(who, visit, customer, calendar, shelf)
      told.push({ what: 'sale', at: sale.at, sale })
      if (curiosity > 0) lookFirst(told, who, visit, sale, deeds)
      if (sale.settled) postpone({ what: 'settled', at: sale.settled.at, sale })
      if (sale.refund) postpone({ what: 'refund', at: sale.refund.at, sale })
      sendOff(who, sale, visit.index)
      for (const word of wordsAfter(who, visit, next, sale, customer)) postpone(word)
    }
    if (told) {
      for (const sale of walkIns(plan, today, shelf)) told.push({ what: 'sale', at: sale.at, sale })
      told.push(...(later.get(today) ?? []))
      told.sort((one, other) => one.at - other.at || rank(one) - rank(other))
    }
    later.delete(today)
    agenda[today] = undefined
    strolls.forget(today)
    today += 1
  }

  function sendOff(who: Agent, sale: Sale, index: number): void {
    if (today < (plan.parcelsSince ?? Number.POSITIVE_INFINITY)) return
    sale.parcel = parcelOf(who, sale, index)
    for (const step of ['shipped', 'delivered', 'received'] as const) {
      const at = sale.parcel?.[step]
      if (at !== undefined) postpone({ what: 'step', at, sale, step })
    }
  }

  /** Who buys has looked before, today; some write of it when it has come. */
  function lookFirst(told: Happening[], who: Agent, visit: Visit, sale: Sale, deeds: boolean): void {
    const review = reviewAfter(who, sale, visit.index)
    if (review) postpone(review)
    if (!deeds || !happens(who.chance, Math.min(1, curiosity), 'look', visit.index, 4096)) return
    const begin = calendar.begins + today * 86_400_000
    // The first visit may be on the day of the arrival, a minute after it.
    const isNew = visit.index === 0 && buysAtOnce(who)
    told.push(...deedsBefore(who, sale, visit.index, isNew ? Math.max(begin, sale.at - 60_000) : undefined, begin))
  }

  function arrival(who: Agent, customer: number, visit: Visit | undefined): Happening {
    const bought = visit?.day === today
    const begin = calendar.begins + today * 86_400_000
    const at = bought
      ? saleOf(who, visit, customer, calendar, plan.shelfOn(today)).at - 60_000
      : begin + Math.floor((9 + draw(who.chance, 'arrival', 1) * 12) * 3600) * 1000
    return { what: 'arrival', at: Math.max(begin, at), customer }
  }

  return {
    nextDay(since = Number.NEGATIVE_INFINITY) {
      const told: Happening[] = []
      live(told, calendar.begins + (today + 1) * 86_400_000 > since)
      return told
    },
    skipTo(day) {
      while (today < day) live(undefined, false)
    },
    get day() {
      return today
    },
    agentOf: agentFor,
  }
}

/** Somebody comes before looking, looks before buying, buys before giving back. */
function rank({ what }: Happening): number {
  return ['arrival', 'did', 'sale', 'settled', 'step', 'refund', 'word'].indexOf(what)
}
