import type { PoolClient } from 'pg'
import { searchKey } from '#know/customers/index.ts'
import { readRegion } from '#know/regions/index.ts'
import type { Agent } from '../life/agent.ts'
import { happens } from '../life/chance.ts'
import type { Happening } from '../life/crowd.ts'
import { stepBy } from '../life/parcel.ts'
import { neverPaid, type Sale } from '../life/sale.ts'
import type { Person } from '../people/person.ts'
import { personAs } from '../people/person-as.ts'
import { cell, rowsFor } from './copy-rows.ts'
import { amountOf, type DocumentLine, decimalOf, linesOfRefund, linesOfSale, refundNumber } from './documents.ts'
import type { Known } from './known.ts'
import { lookedAt, newBrowsers } from './looked.ts'

/** Who writes the history: the house itself, as an import would. */
const actor = 'system'

type DocumentRow = {
  number: string
  kind: 'sale' | 'cancellation'
  status: string
  cancels?: number
  reason?: string
  step?: string
  at: string
  day: string
  lines: readonly DocumentLine[]
}

export type Ids = { customers: number[]; profiles: number[]; orders: number[] }

export type BatchContext = {
  known: Known
  agentOf(customer: number): Agent
  epoch: number
  /** The instant to which all is told in the end: how a sale that was paid later stands by then. */
  horizon: number
  /** A sale of an earlier telling, by its number. */
  earlier(number: string): { id: number; profile: number } | undefined
}

/** How many new ids a batch takes. */
export function idsNeeded(
  batch: readonly Happening[],
  known: Known,
): { customers: number; profiles: number; orders: number } {
  let customers = 0
  let walkIns = 0
  let orders = 0
  for (const one of batch) {
    if (one.what === 'arrival') customers += 1
    else if (one.what === 'sale') {
      orders += 1
      if (one.sale.customer === undefined) walkIns += 1
    } else if (one.what === 'refund') orders += 1
  }
  return { customers, profiles: customers + walkIns + newBrowsers(batch, known), orders }
}

/**
 * The arrivals, sales and refunds of a batch as rows of the records, with their facts: what an import of the same writes, by COPY.
 * Facts are historic: they fill records and fire nothing.
 */
export function rowsOf(ids: Ids, of: BatchContext) {
  const rows = {
    profiles: rowsFor('profiles', 'id, source_id, external_id, created_at'),
    customers: rowsFor(
      'customers',
      'id, name, gender, birth_calendar, birth_month, birth_day, birth_leap, birth_year, phone, email, province, city, region, number, pinyin, tokens, created_at, owner_id',
    ),
    map: rowsFor('profile_customers', 'profile_id, customer_id, since'),
    values: rowsFor('profile_values', 'profile_id, field, value, origin, actor, at'),
    identifiers: rowsFor('identifiers', 'profile_id, kind, scope, value, actor, at'),
    orders: rowsFor(
      'orders',
      'id, profile_id, source_id, shop_id, number, kind, status, cancels_id, reason, step, placed_at, day, amount, line_count, created_at',
    ),
    lines: rowsFor('order_lines', 'order_id, line, product_id, kind, name, quantity, unit_price, amount'),
    steps: rowsFor('order_steps', 'order_id, step, at, carrier, tracking, source_id, actor, told_at'),
    facts: rowsFor('facts', 'epoch, at, kind, profile_id, subject_id, actor, historic, data'),
  }
  let customerAt = 0
  let profileAt = 0
  let orderAt = 0
  const sentOn = new Set<number>()

  function tellFact(at: string, kind: string, profile: number, subject: number, data: string): void {
    rows.facts.add(`${of.epoch}\t${at}\t${kind}\t${profile}\t${subject}\t${actor}\tt\t${data}\n`)
  }

  /** Who looks after somebody: at a counter, those who keep coming are soon somebody's. */
  function ownerOf({ chance, habit, outlet }: Agent): string | undefined {
    const stays = habit === 'regular' || habit === 'devotee' || habit === 'collector' || habit === 'house'
    if (outlet.online || !stays || !happens(chance, 0.6, 'word', 0, 9)) return undefined
    return /^staff:(\d+)$/.exec(of.known.writers[outlet.letter]!)?.[1]
  }

  function arrive(customer: number, at: string): void {
    const agent = of.agentOf(customer)
    const { outlet } = agent
    const person = personAs(agent)
    const profile = ids.profiles[profileAt++]!
    const id = ids.customers[customerAt++]!
    of.known.setProfile(customer, profile)
    rows.profiles.add(`${profile}\t${of.known.places[outlet.letter]!.source}\t${person.externalId}\t${at}\n`)
    rows.map.add(`${profile}\t${id}\t${at}\n`)
    rows.customers.add(customerRow(id, person, at, ownerOf(agent)))
    for (const [field, value] of Object.entries(person.values)) {
      if (value === undefined) continue
      rows.values.add(`${profile}\t${field}\t${cell(JSON.stringify(value))}\timport\t${actor}\t${at}\n`)
    }
    for (const { kind, scope, value } of identifiersOf(person, outlet.source.code)) {
      rows.identifiers.add(`${profile}\t${kind}\t${scope}\t${value}\t${actor}\t${at}\n`)
    }
    const fields = Object.entries(person.values).flatMap(([field, value]) => (value === undefined ? [] : [field]))
    tellFact(at, 'customers.added', profile, id, JSON.stringify({ fields }))
  }

  function sell(sale: Sale): void {
    const { outlet, customer, number } = sale
    const { source } = of.known.places[outlet.letter]!
    const at = new Date(sale.at).toISOString()
    let profile = customer === undefined ? 0 : of.known.profileOf(customer)
    if (customer === undefined) {
      profile = ids.profiles[profileAt++]!
      rows.profiles.add(`${profile}\t${source}\torder:${number}\t${at}\n`)
    } else if (!profile) throw new Error(`a sale of somebody who never came: ${number}`)
    const id = ids.orders[orderAt++]!
    sale.id = id
    const { settled } = sale
    const status = !settled ? 'completed' : settled.at <= of.horizon ? settled.status : 'open'
    document(id, profile, sale, {
      ...{ number, kind: 'sale', status, at, day: sale.day, lines: linesOfSale(sale) },
      reason: status === 'void' ? neverPaid : undefined,
      step: stepBy(sale.parcel, of.horizon),
    })
  }

  function giveBack(sale: Sale): void {
    const earlier = sale.id ? undefined : of.earlier(sale.number)
    const cancels = sale.id ?? earlier?.id
    const profile = earlier?.profile ?? of.known.profileOf(sale.customer!)
    const id = ids.orders[orderAt++]!
    const at = new Date(sale.refund!.at).toISOString()
    const lines = linesOfRefund(sale)
    document(id, profile, sale, {
      ...{
        number: refundNumber(sale),
        kind: 'cancellation',
        status: 'completed',
        cancels,
        at,
        day: sale.refund!.day,
        lines,
      },
      reason: sale.refund!.why,
    })
  }

  /** A step of a parcel. The records say anew how far its order is. */
  function goOn({ sale, step, at: when }: Extract<Happening, { what: 'step' }>): void {
    const earlier = sale.id ? undefined : of.earlier(sale.number)
    const order = sale.id ?? earlier?.id
    if (!order) return
    sentOn.add(order)
    const at = new Date(when).toISOString()
    const { source } = of.known.places[sale.outlet.letter]!
    const { carrier, tracking } = sale.parcel!
    rows.steps.add(`${order}\t${step}\t${at}\t${carrier}\t${tracking}\t${source}\t${actor}\t${at}\n`)
    const profile = earlier?.profile ?? of.known.profileOf(sale.customer!)
    tellFact(at, `orders.${step}`, profile, order, `{"number":"${sale.number}"}`)
  }

  function document(
    id: number,
    profile: number,
    { outlet }: Sale,
    { number, kind, status, cancels, reason, step, at, day, lines }: DocumentRow,
  ): void {
    const { source, shop } = of.known.places[outlet.letter]!
    const amount = amountOf(lines)
    rows.orders.add(
      `${id}\t${profile}\t${source}\t${shop}\t${number}\t${kind}\t${status}\t${cancels ?? '\\N'}\t${reason ?? '\\N'}\t${step ?? '\\N'}\t${at}\t${day}\t${amount}\t${lines.length}\t${at}\n`,
    )
    for (const [place, line] of lines.entries()) {
      const product = line.good ? of.known.products.get(line.good.code) : undefined
      rows.lines.add(
        `${id}\t${place + 1}\t${product ?? '\\N'}\t${line.kind}\t${line.name ?? '\\N'}\t${decimalOf(line.thousandths, 3)}\t${decimalOf(line.price, 2)}\t${line.amount}\n`,
      )
    }
    const fact = kind === 'sale' ? 'orders.placed' : 'orders.cancelled'
    tellFact(at, fact, profile, id, `{"amount":${amount},"number":"${number}"}`)
  }

  const looked = lookedAt({ ...of, ...rows, nextProfile: () => ids.profiles[profileAt++]! })

  return {
    looked,
    /** In the order of time: somebody is there before buying, and bought before giving back. */
    add(one: Happening): void {
      if (one.what === 'arrival') arrive(one.customer, new Date(one.at).toISOString())
      else if (one.what === 'sale') sell(one.sale)
      else if (one.what === 'refund') giveBack(one.sale)
      else if (one.what === 'step') goOn(one)
      else if (one.what === 'did') looked.add(one)
    },
    get orders() {
      return orderAt
    },
    /** Orders of which a step is told now. */
    get sentOn() {
      return [...sentOn]
    },
    /** One COPY after the other, in the order of the keys. */
    async copyTo(client: PoolClient): Promise<void> {
      for (const one of Object.values(rows)) await one.copyTo(client)
    },
  }
}

/** What a person is known by, as an import keeps it. */
export function identifiersOf(person: Person, source: string): { kind: string; scope: string; value: string }[] {
  return [
    { kind: 'buyer', scope: source, value: person.externalId },
    ...(person.member ? [{ kind: 'member', scope: '', value: person.member }] : []),
    ...(person.phone ? [{ kind: 'phone', scope: '', value: person.phone }] : []),
    ...(person.email ? [{ kind: 'email', scope: '', value: person.email }] : []),
  ]
}

/** What is shown and searched of somebody, chosen of the one profile that there is. */
function customerRow(
  id: number,
  { values, phone, email, member, externalId }: Person,
  at: string,
  owner: string | undefined,
): string {
  const { name, gender, birthday, province, city } = values
  const birth = birthday
    ? `${birthday.calendar}\t${birthday.month}\t${birthday.day}\t${birthday.leap ?? '\\N'}\t${birthday.year ?? '\\N'}`
    : '\\N\t\\N\t\\N\t\\N\t\\N'
  const key = keyOf(name)
  return `${id}\t${name}\t${gender ?? '\\N'}\t${birth}\t${phone ?? '\\N'}\t${email ?? '\\N'}\t${province ?? '\\N'}\t${city ?? '\\N'}\t${regionOf(values)}\t${member ?? externalId}\t${key}\t${at}\t${owner ?? '\\N'}\n`
}

const regions = new Map<string, number>()

/** The demo's streets are called like no region, so few texts are read. */
function regionOf({ province, city, district }: Person['values']): number {
  const key = `${province} ${city} ${district}`
  const known = regions.get(key) ?? readRegion({ province, city, district }).code
  regions.set(key, known)
  return known
}

const keys = new Map<string, string>()

/** Pinyin and tokens as COPY takes them. Names come again and again; the last 100,000 are remembered. */
function keyOf(name: string): string {
  let key = keys.get(name)
  if (key === undefined) {
    const { pinyin, tokens } = searchKey(name)
    key = `${pinyin ?? '\\N'}\t{${tokens.join(',')}}`
    if (keys.size >= 100_000) keys.clear()
    keys.set(name, key)
  }
  return key
}
