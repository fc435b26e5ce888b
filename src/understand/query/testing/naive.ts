import type { Condition, OfOrders, OfProducts, SequenceStep } from '../contract.ts'
import { agesOn, birthMonths, daysToAnniversary, daysToBirthday, hasBirthday, lastBirthday } from './naive-birthday.ts'
import { isNth } from './naive-calendar.ts'
import { farFrom } from './naive-distance.ts'
import { ago, dayNumber, inWindow, isDescribed, isOf, type NaiveLens } from './naive-lens.ts'
import { wentPath } from './naive-path.ts'
import { hasParcel, reviewed } from './naive-record.ts'
import type { Order, Person } from './small-shop.ts'

type Answer = boolean | null

const moment = ({ day, minute }: { day: string; minute: number }) => dayNumber(day) * 1440 + minute

/** Who is there at all: known by the day, and of the shops that are seen. */
export function isThere(person: Person, lens: NaiveLens, past: boolean): boolean {
  const counted = person.orders.filter(({ status }) => status !== 'void')
  if (past && person.added > lens.asOf && !counted.some(({ day }) => day <= lens.asOf)) return false
  return !lens.shopIds || person.orders.some(({ shopId }) => lens.shopIds!.includes(shopId))
}

export function naive(tree: Condition, person: Person, lens: NaiveLens): Answer {
  if (!('sure' in tree) || !tree.sure) return plainly(tree, person, lens)
  // Own fields are not in the small shop.
  const field = tree.is === 'text' || tree.is === 'known' ? tree.field : tree.is === 'region' ? 'region' : 'birthday'
  const sure = bitOf(person.sure, ['gender', 'birthday', 'country', 'province', 'city', 'region'].indexOf(field))
  return tree.is === 'known' ? sure : sure ? plainly(tree, person, lens) : null
}

function plainly(tree: Condition, person: Person, lens: NaiveLens): Answer {
  const documents = person.orders.filter(
    (one) => one.status !== 'void' && one.day <= lens.asOf && (!lens.shopIds || lens.shopIds.includes(one.shopId)),
  )
  const bought = documents.filter(({ kind }) => kind === 'sale')
  const days = bought.map(({ day }) => day).sort()
  const [first, last] = [days[0] ?? null, days.at(-1) ?? null]
  const revenue = documents.reduce((sum, one) => sum + totalOf(one), 0)
  const fields = { ...person, firstPurchase: first, lastPurchase: last, lastTalked: null, nextTalk: null }
  switch (tree.is) {
    case 'everyone':
      return true
    case 'and': {
      const answers = tree.of.map((one) => naive(one, person, lens))
      return answers.includes(false) ? false : answers.includes(null) ? null : true
    }
    case 'or': {
      const answers = tree.of.map((one) => naive(one, person, lens))
      return answers.includes(true) ? true : answers.includes(null) ? null : false
    }
    case 'not': {
      const answer = naive(tree.of, person, lens)
      return answer === null ? null : !answer
    }
    case 'stage': {
      const { active, silent, sleeping } = lens.thresholds
      if (last === null) return tree.in.includes('never')
      const since = ago(lens, last)
      return tree.in.includes(
        since < active ? 'active' : since < silent ? 'silent' : since < sleeping ? 'sleeping' : 'lost',
      )
    }
    case 'new':
      return first !== null && ago(lens, first) < lens.thresholds.active
    case 'score':
    case 'class': {
      if (last === null) return null
      const above = <T>(value: T, cuts: T[]) => 1 + cuts.filter((cut) => value > cut).length
      const recency = above(last, lens.cuts.recency)
      const frequency = above(bought.length, lens.cuts.frequency)
      const monetary = above(revenue, lens.cuts.monetary)
      if (tree.is === 'score') {
        const score = { recency, frequency, monetary, frequencyMonetary: Math.floor((frequency + monetary + 1) / 2) }[
          tree.of
        ]
        return within(score, tree.atLeast, tree.atMost)
      }
      const [often, much] = [frequency >= lens.cuts.high, monetary >= lens.cuts.high]
      return tree.in.includes(much ? (often ? 'retain' : 'develop') : often ? 'loyal' : 'ordinary')
    }
    case 'text': {
      const value = fields[tree.field]
      return value === null ? null : tree.in.includes(value)
    }
    case 'known':
      if (tree.field === 'birthday') return hasBirthday(person)
      if (tree.field === 'region') return person.region > 0
      if (tree.field === 'birthYear') return person.birthday?.year !== undefined
      return fields[tree.field] !== null
    case 'day': {
      const value = fields[tree.field]
      return value === null ? null : inWindow(value, tree, lens)
    }
    case 'within': {
      const value = fields[tree.field]
      return value === null ? null : ago(lens, value) >= 0 && ago(lens, value) < tree.days
    }
    case 'region': {
      // By the digits: what is known begins with what is asked, or the other way round.
      const digits = (code: number) => (code === 0 || code === 100_000 ? '' : String(code).replace(/(00){1,2}$/, ''))
      const answers = tree.in.map((place) => {
        const abroad = person.region > 1_000_000
        if (typeof place === 'string') {
          if (person.region === 0) return null
          if (!abroad || !place.startsWith('FR')) return false
          return place === 'FR' ? true : person.province === null ? null : place === `FR/${person.province}`
        }
        if (abroad) return false
        if (place === 100_000) return person.region === 0 ? null : true
        if (digits(person.region).startsWith(digits(place))) return true
        return digits(place).startsWith(digits(person.region)) ? null : false
      })
      return answers.includes(true) ? true : answers.includes(null) ? null : false
    }
    case 'distance': {
      const far = farFrom(person)
      return far === null ? null : within(Math.min(...(tree.to ?? [1, 2]).map(far)), tree.atLeast, tree.atMost)
    }
    case 'nearest': {
      const far = farFrom(person)
      return far === null ? null : tree.in.some((id) => far(id) === Math.min(far(1), far(2)))
    }
    case 'daysTo': {
      if (tree.of === 'birthday') return within(daysToBirthday(person, lens.asOf), tree.atLeast, tree.atMost)
      const value = fields[tree.of]
      return within(value === null ? null : daysToAnniversary(value, lens.asOf), tree.atLeast, tree.atMost)
    }
    case 'age': {
      const ages = agesOn(person, lens.asOf)
      if (!ages) return null
      const [one, other] = ages.map((age) => within(age, tree.atLeast, tree.atMost))
      return one === other ? one! : null
    }
    case 'birthMonth':
      return hasBirthday(person) ? birthMonths(person, lens.asOf).some((month) => tree.in.includes(month)) : null
    case 'number':
      if (tree.field === 'daysSince') return within(last === null ? null : ago(lens, last), tree.atLeast, tree.atMost)
      return within(tree.field === 'revenue' ? revenue : bought.length, tree.atLeast, tree.atMost)
    case 'has':
      if (tree.what === 'phone' || tree.what === 'email') return person[tree.what]
      return bitOf(person.reach?.kinds, kinds.indexOf(tree.what))
    case 'likely':
      if (lens.asOf < '2026-03-01' || lens.shopIds || person.next.length === 0) return null
      return person.next.slice(0, tree.top).some((id) => tree.productIds.includes(id))
    case 'may': {
      // Of another day nobody can say it.
      if (lens.asOf < '2026-03-01') return null
      const place = channels.indexOf(tree.by) * purposes.length + purposes.indexOf(tree.for)
      return bitOf(person.reach?.yes, place) ? true : bitOf(person.reach?.no, place) ? false : null
    }
    case 'owner':
      return person.ownerId !== null && tree.in.includes(person.ownerId)
    case 'owned':
      return person.ownerId !== null
    case 'shop':
      return tree.in.some(
        (id) => (lens.shopIds?.includes(id) ?? true) && person.orders.some(({ shopId }) => shopId === id),
      )
    case 'came': {
      const told = [...person.came].sort(
        (a, b) => a.rank - b.rank || a.day.localeCompare(b.day) || a.profile - b.profile,
      )[0]
      if (!told) return false
      return (!tree.in || tree.in.includes(told.wayId ?? 0)) && within(told.day, tree.from, tree.to) === true
    }
    case 'tagged':
      return tree.in.some((id) => {
        const said = person.tags.filter((one) => one.tagId === id && (one.until === null || one.until >= lens.asOf))
        const byHand = said
          .filter(({ origin }) => origin === 'hand')
          .sort((a, b) => b.at - a.at || b.profile - a.profile)[0]
        return byHand ? byHand.state === 'yes' : said.length > 0
      })
    case 'state':
      return tree.in.includes(person.moves.at(-1)?.toId ?? 0)
    case 'snapshot':
      return person.frozen.some(({ snapshotId }) => tree.in.includes(snapshotId))
    case 'foretoldAction': {
      const { callBefore, again365 } = person.outlook ?? { callBefore: null, again365: null }
      const faint = again365 !== null && again365 < 20
      if (lens.asOf < '2026-03-01' || lens.shopIds || last === null || last > '2026-03-01') return null
      if (callBefore === null) return faint ? tree.in.includes('gone') : null
      const left = -ago(lens, callBefore)
      if (left > 14) return tree.in.includes(first === last ? 'second' : 'wait')
      return tree.in.includes(left >= 0 ? 'soon' : faint ? 'gone' : 'late')
    }
    case 'picked':
      return tree.in.some((id) => {
        const said = person.picks
          .filter(
            (one) => one.segmentId === id && one.state !== 'gone' && (one.until === null || one.until >= lens.asOf),
          )
          .sort((a, b) => b.at - a.at || b.profile - a.profile)[0]
        return said?.state === (tree.out ? 'out' : 'in')
      })
    case 'moved': {
      // Day by day: where she stood at the end of the day before, and where at the end of this one.
      const { active, silent, sleeping } = lens.thresholds
      const at = (day: number) => {
        const since = days.map(dayNumber).filter((one) => one <= day)
        if (since.length === 0) return 'never'
        const gone = day - Math.max(...since)
        return gone < active ? 'active' : gone < silent ? 'silent' : gone < sleeping ? 'sleeping' : 'lost'
      }
      if (first === null) return false
      for (let day = dayNumber(first); day <= dayNumber(lens.asOf); day += 1) {
        const text = new Date(day * 86_400_000).toISOString().slice(0, 10)
        if (!inWindow(text, tree, lens) || at(day) !== tree.into) continue
        const before = at(day - 1)
        if (before !== tree.into && (!tree.out || before === tree.out)) return true
      }
      return false
    }
    case 'bought':
      return days.some((day) => within(day, tree.from, tree.to))
    case 'boughtProduct': {
      const sold = bought.filter(
        (one) => within(one.day, tree.from, tree.to) && one.lines.some(({ productId }) => productId === tree.productId),
      )
      return sold.length >= (tree.times ?? 1)
    }
    case 'orders':
    case 'orderDay':
      if (!tree.sinceBirthday) return ofOrders(tree, documents, lens)
      if (!hasBirthday(person)) return null
      return ofOrders(
        tree,
        documents.filter(({ day }) => day >= lastBirthday(person, lens.asOf)),
        lens,
      )
    case 'firstBought':
      return bought.some(
        (one) =>
          one.day === first &&
          (!tree.shopIds || tree.shopIds.includes(one.shopId)) &&
          (!(tree.productIds || tree.categories || tree.brandIds) ||
            one.lines.some((line) => line.kind !== 'postage' && isOf(line.productId, tree, lens))),
      )
    case 'did': {
      const count = person.deeds.filter(
        (deed) =>
          seen(deed, lens) &&
          deed.kind === tree.kind &&
          (!tree.names || tree.names.includes(deed.name)) &&
          inWindow(deed.day, tree, lens) &&
          aboutAll(deed.productIds, tree, lens),
      ).length
      return tree.atLeast === undefined && tree.atMost === undefined
        ? count > 0
        : within(count, tree.atLeast, tree.atMost)
    }
    case 'sequence': {
      const moments = tree.steps.map((step) => momentsOf(step, person, bought, lens))
      const starts = moments[0]!.filter(({ day }) => inWindow(day, tree, lens))
      return starts.some((start) => goesOn(tree.steps, moments, 1, start, lens))
    }
    case 'reviewed':
      return reviewed(tree, person, lens)
    case 'parcel':
      return hasParcel(tree, person, lens)
    case 'path':
      return wentPath(tree, person, lens)
    case 'share': {
      const mask = (1n << 64n) - 1n
      const mix = (given: bigint) => {
        // ClickHouse's intHash64 begins with this.
        let x = (given ^ 0x4cf2d2baae6da887n) & mask
        x ^= x >> 33n
        x = (x * 0xff51afd7ed558ccdn) & mask
        x ^= x >> 33n
        x = (x * 0xc4ceb9fe1a85ec53n) & mask
        return x ^ (x >> 33n)
      }
      return Number(mix(BigInt(person.id) ^ mix(BigInt(tree.seed))) % 100n) < tree.percent
    }
    default:
      throw new Error(`the naive evaluator does not know ${tree.is}`)
  }
}

const channels = ['email', 'sms', 'phone', 'wechat', 'wecom', 'post']
const purposes = ['service', 'care', 'promotion']
const kinds = ['phone', 'email', 'openid', 'unionid', 'external_userid', 'buyer', 'member', 'card']

function bitOf(bits: number | undefined, place: number): boolean {
  return bits !== undefined && Math.floor(bits / 2 ** place) % 2 === 1
}

/** Without ends, yes for whoever has a value. */
function within<T extends string | number>(value: T | null, from?: T, to?: T): Answer {
  if (value === null) return null
  return (from === undefined || value >= from) && (to === undefined || value <= to)
}

const totalOf = (order: Order) => order.lines.reduce((sum, { amount }) => sum + amount, 0)

function seen(deed: { day: string; shopId: number }, lens: NaiveLens): boolean {
  return deed.day <= lens.asOf && (!lens.shopIds || lens.shopIds.includes(deed.shopId))
}

/** Whether one of the products of a deed is of those named, one of those categories, one of those brands. */
function aboutAll(productIds: number[], of: OfProducts, lens: NaiveLens): boolean {
  const described = (id: number) => isDescribed(id, of, lens)
  return (
    (!of.productIds || productIds.some((id) => of.productIds!.includes(id))) &&
    ((!of.categories && !of.brandIds) || productIds.some(described))
  )
}

function ofOrders(
  tree: Extract<Condition, { is: 'orders' | 'orderDay' }>,
  documents: Order[],
  lens: NaiveLens,
): Answer {
  const byLines =
    tree.productIds ||
    tree.categories ||
    tree.brandIds ||
    tree.priceFrom !== undefined ||
    tree.priceTo !== undefined ||
    (tree.is === 'orders' && (tree.of === 'products' || tree.of === 'categories'))
  const weekday = (day: string) => ((dayNumber(day) + 3) % 7) + 1
  const asked = documents
    .filter(
      (one) =>
        inWindow(one.day, tree, lens) &&
        (!tree.shopIds || tree.shopIds.includes(one.shopId)) &&
        (!tree.weekdays || tree.weekdays.includes(weekday(one.day))) &&
        (!tree.nths || isNth(one.day, tree.nths)),
    )
    .map((one) => ({ ...one, lines: byLines ? one.lines.filter((line) => isLineOf(line, tree, lens)) : one.lines }))
    .filter(({ lines }) => lines.length > 0)
  const sales = asked.filter(({ kind }) => kind === 'sale')
  const days = sales.map(({ day }) => day).sort()
  if (tree.is === 'orderDay') return within(days.at(tree.which === 'first' ? 0 : -1) ?? null, tree.since, tree.until)
  const spent = asked.reduce((sum, one) => sum + totalOf(one), 0)
  const products = sales.flatMap(({ lines }) => lines.flatMap(({ productId }) => productId ?? []))
  const value = {
    count: sales.length,
    spent,
    average: sales.length === 0 ? null : spent / sales.length,
    products: new Set(products).size,
    categories: new Set(products.flatMap((id) => lens.shop.products.find((one) => one.id === id)?.category ?? [])).size,
    gap: days.length < 2 ? null : Math.max(...days.slice(1).map((day, at) => dayNumber(day) - dayNumber(days[at]!))),
  }[tree.of]
  return within(value, tree.atLeast, tree.atMost)
}

function isLineOf(line: Order['lines'][number], of: OfOrders, lens: NaiveLens): boolean {
  const each = Math.abs(line.amount / line.quantity)
  return (
    line.kind !== 'postage' &&
    isOf(line.productId, of, lens) &&
    (of.priceFrom === undefined || each >= of.priceFrom) &&
    (of.priceTo === undefined || each <= of.priceTo)
  )
}

type Moment = { day: string; at: number }

function momentsOf(step: SequenceStep, person: Person, bought: Order[], lens: NaiveLens): Moment[] {
  const asked = step.productIds || step.categories || step.brandIds
  if (step.did === 'bought') {
    return bought
      .filter(
        ({ lines }) => !asked || lines.some((line) => line.kind !== 'postage' && isOf(line.productId, step, lens)),
      )
      .map((one) => ({ day: one.day, at: moment(one) }))
  }
  return person.deeds
    .filter((deed) => seen(deed, lens) && deed.kind === step.did && aboutAll(deed.productIds, step, lens))
    .map((one) => ({ day: one.day, at: moment(one) }))
}

function goesOn(steps: SequenceStep[], moments: Moment[][], at: number, before: Moment, lens: NaiveLens): boolean {
  const step = steps[at]
  if (!step) return true
  const soon = (one: Moment) =>
    one.at > before.at && (step.within === undefined || dayNumber(one.day) - dayNumber(before.day) <= step.within)
  const after = moments[at]!.filter(soon)
  if (step.not) return (step.within === undefined || ago(lens, before.day) > step.within) && after.length === 0
  return after.some((one) => goesOn(steps, moments, at + 1, one, lens))
}
