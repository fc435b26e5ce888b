import type { BehaviourKind } from './kinds.ts'

/** One thing that a customer did. What is not told is left out. */
export type Behaviour = {
  profileId: number
  at: Date
  /** Machine time. */
  receivedAt: Date
  sourceId: number
  shopId?: number
  kind: BehaviourKind
  /** The name as told, at most 200 characters. */
  event: string
  /** Codes of the products that it is about, as told, and their ids in the catalog (0: unknown there), one for one. */
  products?: readonly string[]
  productIds?: readonly number[]
  quantity?: number
  /** Minor units. */
  amount?: number
  text?: string
  /** Of the page, without its query. */
  path?: string
  referrer?: string
  campaign?: string
  /** A JSON object, at most 8 kB. */
  properties?: string
}

/** The columns of a batch's rows, in the order in which `rowOf` writes them. A batch on its way was written by the version before: only add at the end. */
export const columns = [
  'profile_id',
  'at',
  'batch',
  'place',
  'received_at',
  'source_id',
  'shop_id',
  'kind',
  'event',
  'product_ids',
  'products',
  'quantity',
  'amount',
  'text',
  'path',
  'referrer',
  'campaign',
  'properties',
] as const

/** Rows of a batch: a place must fit beside the batch's number in one safe integer (see timeline.ts). */
export const mostRows = 100_000

/** A row of the columns as TabSeparated. */
export function rowOf(one: Behaviour, batch: number, place: number): string {
  const { products = [], productIds = [] } = one
  return `${one.profileId}\t${one.at.toISOString()}\t${batch}\t${place}\t${textOf(one.receivedAt)}\t${one.sourceId}\t${one.shopId ?? 0}\t${one.kind}\t${cell(one.event)}\t[${productIds.join(',')}]\t[${products.map(quoted).join(',')}]\t${one.quantity ?? 0}\t${one.amount ?? 0}\t${cell(one.text)}\t${cell(one.path)}\t${cell(one.referrer)}\t${cell(one.campaign)}\t${cell(one.properties)}\n`
}

/** Of a request all rows have the same. */
let last = { at: new Date(0), text: '' }

function textOf(at: Date): string {
  if (last.at !== at) last = { at, text: at.toISOString() }
  return last.text
}

const special = /[\\\t\n\r\0]/
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '' }

function cell(text = ''): string {
  return special.test(text) ? text.replaceAll(/[\\\t\n\r\0]/g, (letter) => escapes[letter]!) : text
}

function quoted(text: string): string {
  return `'${cell(text).replaceAll("'", "\\'")}'`
}
