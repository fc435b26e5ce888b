import { questionText, reviewOf, searchText } from '../people/questions.ts'
import type { Good } from '../shop/goods.ts'
import { isKnownBy, type Shelf } from '../shop/shelf.ts'
import type { Agent } from './agent.ts'
import type { Line } from './basket.ts'
import { type Calendar, seasons } from './calendar.ts'
import { draw, happens, itemAt } from './chance.ts'
import { type Sale, timeOf } from './sale.ts'
import { hasBrowser } from './strolls.ts'
import { isDamaged } from './visits.ts'

/** Something that somebody does beside buying, as a page, a mini program or a till tells of it. */
export type Deed = {
  what: 'did'
  at: number
  customer: number
  /** As Segment names it. */
  event: DeedName
  /** Not signed in: only the browser is known. */
  unknown?: boolean
  good?: Good
  count?: number
  /** Searched, asked, written; of a page where somebody came from. */
  words?: string
  stars?: number
  /** Of a review: the number of the order, and of the visit. */
  of?: { order: string; index: number }
  /** Of a checkout. */
  lines?: readonly Line[]
  amount?: number
  /** Tells deeds of one moment apart. */
  place: number
}

export type DeedName =
  | 'Page'
  | 'Signed In'
  | 'Products Searched'
  | 'Product List Viewed'
  | 'Product Viewed'
  | 'Product Added to Wishlist'
  | 'Product Added'
  | 'Product Removed'
  | 'Product Shared'
  | 'Cart Viewed'
  | 'Checkout Started'
  | 'Coupon Applied'
  | 'Product Reviewed'
  | 'Store Visited'
  | 'Product Tried On'
  | 'Staff Asked'

type Told = Omit<Deed, 'what' | 'at' | 'customer' | 'place' | 'unknown'>

const dayMs = 86_400_000

export type Stroll = {
  agent: Agent
  customer: number
  day: number
  /** Of the visit that it belongs to, and its place among the strolls of that; at the first favourites are marked. */
  index: number
  place: number
  /** What will be bought, where that comes soon. */
  coming: readonly Line[]
  /** Has no account yet. */
  unknown: boolean
}

/** What somebody does who looks around on a day. Pure. */
export function deedsOf(stroll: Stroll, calendar: Calendar, shelf: Shelf): Deed[] {
  const { agent, customer, day, index } = stroll
  const { chance, outlet } = agent
  const place = drawnAt(stroll)
  const begin = calendar.begins + day * dayMs
  const told = outlet.online ? [...looks(stroll, calendar, shelf)] : [...steps(stroll, calendar, shelf)]
  const unknown =
    stroll.unknown || (index > 0 && hasBrowser(agent) && happens(chance, 0.15, 'browser', index, place + 1))
  let at = timeOf(chance, outlet.online, begin, index, place + 2)
  return told.map((one, n) => {
    if (n > 0) at += (6 + Math.floor(draw(chance, 'pace', index, place * 32 + n) ** 2 * 150)) * 1000
    return {
      what: 'did',
      at: Math.min(at, begin + dayMs - 1000),
      customer,
      place: n,
      ...(unknown && { unknown }),
      ...one,
    }
  })
}

/** Draws of strolls before the account are others than those after it. */
function drawnAt({ place, unknown }: Stroll): number {
  return unknown ? place + 24 : place
}

/** Where somebody came from who was not known yet. */
const sources = ['', 'xhs', 'search', 'wechat', 'friend', 'search'] as const

function* looks(stroll: Stroll, calendar: Calendar, shelf: Shelf): Generator<Told> {
  const { agent, day, index, coming, unknown } = stroll
  const { chance, outlet } = agent
  const place = drawnAt(stroll)
  const roll = (purpose: 'look' | 'favour' | 'cart' | 'search', part: number) =>
    draw(chance, purpose, index, place * 32 + part)
  const season = seasons[calendar.seasons[day] ?? 0]!
  const came = unknown ? sources[Math.floor(draw(chance, 'came', 0, place) * sources.length)]! : ''
  yield { event: 'Page', words: came }
  if (roll('search', 0) < 0.3)
    yield { event: 'Products Searched', words: searchText(chance, agent.taste, season, index, place) }
  const wished = coming.filter(({ good }, at) => isKnownBy(good, calendar.days[day]!) && roll('look', at) < 0.62)
  const others = wander(agent, index, place, season === 'newYear' || season === 'autumnFeast', shelf)
  if (roll('search', 1) < 0.35) yield { event: 'Product List Viewed', words: (wished[0]?.good ?? others[0]!).category }
  for (const [at, { good }] of wished.entries()) {
    yield { event: 'Product Viewed', good }
    // Marked first, bought later.
    if (stroll.place === 0 && roll('favour', at) < 0.24) yield { event: 'Product Added to Wishlist', good }
    else if (roll('cart', at) < 0.1) yield { event: 'Product Added', good, count: 1 }
  }
  for (const [at, good] of others.entries()) {
    yield { event: 'Product Viewed', good }
    if (roll('favour', at + 8) < 0.05) yield { event: 'Product Added to Wishlist', good }
    if (outlet.letter === 'X' && roll('favour', at + 16) < 0.03) yield { event: 'Product Shared', good }
    if (roll('cart', at + 8) < 0.08) {
      yield { event: 'Product Added', good, count: 1 }
      if (roll('cart', at + 16) < 0.5) yield { event: 'Product Removed', good, count: 1 }
    }
  }
}

/** One to three things to the taste of somebody, seldom another's. */
function wander(agent: Agent, index: number, place: number, feast: boolean, shelf: Shelf): Good[] {
  const { chance, taste, second, purse } = agent
  const roll = (part: number) => draw(chance, 'look', index, place * 32 + part)
  return Array.from({ length: 1 + Math.floor(roll(8) * 3) }, (_, at) => {
    const kind = roll(9 + at)
    const from =
      kind < 0.14
        ? shelf.ware[purse - 1]!
        : kind < (feast ? 0.5 : 0.2)
          ? shelf.gift
          : shelf.tea[kind < 0.8 ? taste : second]![Math.min(2, purse - (kind < 0.5 ? 1 : 0))]!
    return itemAt(from, roll(16 + at))
  })
}

/** A look into a store: a cup at the tea table, a question. */
function* steps({ agent, index, place }: Stroll, _: Calendar, shelf: Shelf): Generator<Told> {
  const { chance, taste, purse } = agent
  yield { event: 'Store Visited' }
  if (draw(chance, 'look', index, place * 32) < 0.4)
    yield {
      event: 'Product Tried On',
      good: itemAt(shelf.tea[taste][purse - 1]!, draw(chance, 'look', index, place * 32 + 1)),
    }
  if (draw(chance, 'look', index, place * 32 + 2) < 0.25)
    yield { event: 'Staff Asked', words: questionText(chance, index, place) }
}

/** What belongs to buying: looking, the cart, the checkout; at a store coming in. @param came when the account was made, on that day */
export function deedsBefore(agent: Agent, sale: Sale, index: number, came: number | undefined, begin: number): Deed[] {
  const { chance, outlet } = agent
  const told = outlet.online ? [...buying(agent, sale, index)] : [...coming(agent, sale, index)]
  // Somebody new on a browser of their own is known from the sign-in on; anybody else new only begins then.
  const known = came === undefined || !hasBrowser(agent) ? undefined : came
  const earliest = came !== undefined && known === undefined ? came + 1000 : begin
  const room = sale.at - earliest
  let at = sale.at
  const deeds: Deed[] = []
  for (let n = told.length - 1; n >= 0; n -= 1) {
    // To pay takes less than a minute: whoever is new has signed in by then.
    const longest = n === told.length - 1 && outlet.online ? 45 : outlet.online ? 110 : 900
    const pause = (5 + Math.floor(draw(chance, 'pace', index, 1024 + n) ** 2 * longest)) * 1000
    at = Math.max(earliest, at - Math.min(pause, Math.floor(room / (told.length + 1) / 1000) * 1000))
    const unknown = known !== undefined && at < known
    deeds.unshift({
      what: 'did',
      at,
      customer: sale.customer!,
      place: 100 + n,
      ...(unknown && { unknown }),
      ...told[n]!,
    })
  }
  return deeds
}

function* buying({ chance }: Agent, { lines, amount, discount }: Sale, index: number): Generator<Told> {
  const roll = (part: number) => draw(chance, 'cart', index, 1024 + part)
  if (roll(0) < 0.5) yield { event: 'Page', words: '' }
  for (const [at, { good, thousandths }] of lines.entries()) {
    if (roll(1 + at) < 0.85) yield { event: 'Product Viewed', good }
    yield { event: 'Product Added', good, count: thousandths / 1000 }
  }
  if (roll(8) < 0.3) yield { event: 'Cart Viewed' }
  if (discount > 0) yield { event: 'Coupon Applied', words: discount === 1_500 ? 'XINKE15' : `满减${discount / 100}` }
  yield { event: 'Checkout Started', lines, amount }
}

function* coming({ chance }: Agent, { lines }: Sale, index: number): Generator<Told> {
  const roll = (part: number) => draw(chance, 'cart', index, 1024 + part)
  yield { event: 'Store Visited' }
  if (roll(0) < 0.3) yield { event: 'Product Tried On', good: lines[0]!.good }
  if (roll(1) < 0.15) yield { event: 'Staff Asked', words: questionText(chance, index, 99) }
}

/** What some write of what they bought, when it has come. */
export function reviewAfter(agent: Agent, sale: Sale, index: number): Deed | undefined {
  const { chance, outlet, habit } = agent
  const keen = habit === 'devotee' || habit === 'collector' ? 0.14 : 0.06
  if (!outlet.online || sale.settled?.status === 'void' || !happens(chance, keen, 'review', index)) return undefined
  const at = sale.at + Math.floor((4 + draw(chance, 'review', index, 1) * 9) * 86_400) * 1000
  const { stars, text } = reviewOf(chance, index, isDamaged(agent, index))
  return {
    what: 'did',
    at,
    customer: sale.customer!,
    event: 'Product Reviewed',
    good: sale.lines[0]!.good,
    stars,
    words: text,
    of: { order: sale.number, index },
    place: 200,
  }
}
