import type { DocumentKind, LineKind, OrderStatus } from '../preset.ts'
import { copyText } from './copy-text.ts'
import { addHash } from './line-hash.ts'
import type { CellProblem } from './problem.ts'

/** What a batch of rows says of one order. An order may stand in several batches; their sums are added when it is sorted. */
export type OrderPart = {
  row: number
  /** The number as COPY takes it. */
  numberText: string
  kind: DocumentKind
  cancels?: string
  lines: number
  amount: number
  foreignAmount: number
  hash: [number, number]
  placedAt?: string
  externalId?: string
  status?: OrderStatus
  cancelledAt?: string
  reason?: string
  currency?: string
  rate?: string
  total?: number
  postage?: number
  discount?: number
  tax?: number
  refund?: number
  twoCustomers: boolean
  twoCurrencies: boolean
  broken: boolean
}

/** What a batch says of one product under one name: how often, when last, at what price last. */
export type GoodsPart = {
  row: number
  code: string
  kind: LineKind
  name: string
  count: number
  namedAt?: string
  price?: number
  pricedAt?: string
  priceRow: number
  doc?: string
}

/** What a batch says of one person in the same words. Without an external id: of the buyer of an anonymous order. */
export type PersonPart = { row: number; externalId: string; anonymous: boolean; at?: string; doc: string }

/** How far an order is by one row. */
export type StepPart = {
  row: number
  numberText: string
  step: string
  at: string
  carrier?: string
  tracking?: string
}

/** What somebody said of what was bought. `id`: at its source, or what stands for it. */
export type ReviewPart = {
  row: number
  id: string
  number: string
  externalId?: string
  code: string
  rating: number
  at: string
  words?: string
  channel?: string
}

export type StagedLine = {
  row: number
  code: string
  kind: LineKind
  name: string
  quantity: string
  unitPrice: string
  amount: number
  foreignAmount: number
}

/**
 * Rows of the file, understood and gathered, until they are written together with the cursor. Maps are nested rather than keyed by
 * joined texts: joining a key for every row cost more than all the rest.
 */
export type Batch = {
  rows: number
  lastRow: number
  /** Lines of the last rows, not yet packed. */
  lines: string[]
  /** Packed lines, outside of the heap of JavaScript, so that what a row leaves behind dies young. */
  packed: Buffer[]
  orders: Map<string, OrderPart>
  /** By code; then by name and description. */
  goods: Map<string, { kind: LineKind; parts: Map<string, GoodsPart> }>
  /** By external id, then by what is said. */
  people: Map<string, Map<string, PersonPart>>
  /** By order, step and parcel. */
  steps: Map<string, StepPart>
  /** By their ids. */
  reviews: Map<string, ReviewPart>
  problems: ({ row: number } & CellProblem)[]
}

export function newBatch(): Batch {
  return {
    rows: 0,
    lastRow: 0,
    lines: [],
    packed: [],
    orders: new Map(),
    goods: new Map(),
    people: new Map(),
    steps: new Map(),
    reviews: new Map(),
    problems: [],
  }
}

/** Lets go of the texts of the rows so far. */
export function pack(batch: Batch): void {
  if (batch.lines.length === 0) return
  batch.packed.push(Buffer.from(batch.lines.join('')))
  batch.lines = []
}

/** The part of an order in this batch, begun where it is not there yet. */
export function orderPart(batch: Batch, number: string, row: number, kind: DocumentKind): OrderPart {
  let part = batch.orders.get(number)
  if (!part) {
    part = {
      row,
      numberText: copyText(number),
      kind,
      lines: 0,
      amount: 0,
      foreignAmount: 0,
      hash: [0, 0],
      twoCustomers: false,
      twoCurrencies: false,
      broken: false,
    }
    batch.orders.set(number, part)
  }
  return part
}

export function addLine(batch: Batch, part: OrderPart, line: StagedLine): void {
  const code = line.code === '' ? '\\N' : copyText(line.code)
  const name = line.name === '' ? '\\N' : copyText(line.name)
  const said = `${code}\t${line.kind}\t${name}\t${line.quantity}\t${line.unitPrice}\t${line.amount}\n`
  addHash(part.hash, said)
  part.lines += 1
  part.amount += line.amount
  part.foreignAmount += line.foreignAmount
  batch.lines.push(`${line.row}\t${part.numberText}\t${said}`)
}

/** The earliest date is the order's; what an earlier row said of the rest stays. */
export function tellDate(part: OrderPart, placedAt: string | undefined): void {
  if (placedAt !== undefined && (part.placedAt === undefined || placedAt < part.placedAt)) part.placedAt = placedAt
}

export function tellCustomer(part: OrderPart, externalId: string | undefined): void {
  if (externalId === undefined) return
  if (part.externalId === undefined) part.externalId = externalId
  else if (part.externalId !== externalId) part.twoCustomers = true
}

/** What is said of a person; said again in the same words, only the time moves. */
export function addPerson(
  batch: Batch,
  row: number,
  externalId: string,
  anonymous: boolean,
  at: string | undefined,
  doc = '{}',
): void {
  let said = batch.people.get(externalId)
  if (!said) {
    said = new Map()
    batch.people.set(externalId, said)
  }
  const known = said.get(doc)
  if (!known) said.set(doc, { row, externalId, anonymous, at, doc })
  else if (at !== undefined && (known.at === undefined || at >= known.at)) {
    known.at = at
    known.row = row
  }
}

/** The lines of an order tell the same of its way: kept once, the latest time. */
export function addStep(batch: Batch, number: string, step: StepPart): void {
  const key = `${number}\u0001${step.step}\u0001${step.tracking ?? ''}`
  const known = batch.steps.get(key)
  if (!known || known.at < step.at) batch.steps.set(key, step)
}

/** The tables of a running import, with the columns that a batch fills, in their order. */
export const stagingTables = {
  lines:
    'row bigint not null, number text not null, code text, kind text not null, name text, quantity numeric not null, ' +
    'unit_price numeric not null, amount bigint not null',
  heads:
    'row bigint not null, number text not null, kind text not null, cancels text, lines int not null, amount bigint not null, ' +
    'foreign_amount bigint not null, hash_one bigint not null, hash_two bigint not null, placed_at timestamptz, external_id text, ' +
    'status text, cancelled_at timestamptz, reason text, currency text, rate numeric, total bigint, postage bigint, discount bigint, tax bigint, ' +
    'refund bigint, two_customers boolean not null, two_currencies boolean not null, broken boolean not null',
  goods:
    'row bigint not null, code text not null, kind text not null, name text, count int not null, named_at timestamptz, ' +
    'price bigint, priced_at timestamptz, price_row bigint not null, doc jsonb',
  people:
    'row bigint not null, external_id text not null, anonymous boolean not null, at timestamptz, doc jsonb not null',
  steps:
    'row bigint not null, number text not null, step text not null, at timestamptz not null, carrier text, tracking text',
  reviews:
    'row bigint not null, id text not null, number text, external_id text, code text, rating smallint not null, at timestamptz not null, ' +
    'words text, channel text',
} as const

export type StagingTable = keyof typeof stagingTables

/** A batch as COPY takes it, by table. */
export function copyTexts(batch: Batch): Record<StagingTable, Uint8Array[]> {
  pack(batch)
  const heads: string[] = []
  for (const one of batch.orders.values()) {
    heads.push(
      [
        one.row,
        one.numberText,
        one.kind,
        copyText(one.cancels),
        one.lines,
        one.amount,
        one.foreignAmount,
        one.hash[0],
        one.hash[1],
        one.placedAt ?? '\\N',
        copyText(one.externalId),
        one.status ?? '\\N',
        one.cancelledAt ?? '\\N',
        copyText(one.reason),
        one.currency ?? '\\N',
        one.rate ?? '\\N',
        one.total ?? '\\N',
        one.postage ?? '\\N',
        one.discount ?? '\\N',
        one.tax ?? '\\N',
        one.refund ?? '\\N',
        one.twoCustomers,
        one.twoCurrencies,
        one.broken,
      ].join('\t'),
    )
  }
  const goods: string[] = []
  for (const one of batch.goods.values().flatMap(({ parts }) => parts.values())) {
    goods.push(
      [
        one.row,
        copyText(one.code),
        one.kind,
        one.name === '' ? '\\N' : copyText(one.name),
        one.count,
        one.namedAt ?? '\\N',
        one.price ?? '\\N',
        one.pricedAt ?? '\\N',
        one.priceRow,
        copyText(one.doc),
      ].join('\t'),
    )
  }
  const people: string[] = []
  for (const one of batch.people.values().flatMap((said) => said.values())) {
    people.push([one.row, copyText(one.externalId), one.anonymous, one.at ?? '\\N', copyText(one.doc)].join('\t'))
  }
  const steps = Array.from(batch.steps.values(), (one) =>
    [one.row, one.numberText, one.step, one.at, copyText(one.carrier), copyText(one.tracking)].join('\t'),
  )
  const reviews = Array.from(batch.reviews.values(), (one) =>
    [
      one.row,
      copyText(one.id),
      copyText(one.number || undefined),
      copyText(one.externalId),
      copyText(one.code || undefined),
      one.rating,
      one.at,
      copyText(one.words),
      copyText(one.channel),
    ].join('\t'),
  )
  return {
    lines: batch.packed,
    heads: ended(heads),
    goods: ended(goods),
    people: ended(people),
    steps: ended(steps),
    reviews: ended(reviews),
  }
}

function ended(rows: string[]): Buffer[] {
  return rows.length ? [Buffer.from(`${rows.join('\n')}\n`)] : []
}
