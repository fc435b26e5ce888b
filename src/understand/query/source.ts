import type { Bindings } from './bindings.ts'
import type { Lens } from './lens.ts'
import { withTalks } from './record.ts'

/**
 * The rows that a question is asked of, one a customer, as a FROM part: the traits as they are stored, or, where the lens leaves
 * documents out, with purchases, revenue and days counted anew from the documents. Columns that nobody reads cost nothing.
 *
 * Of a day of the past each array is a beginning, because days rise: one count finds where it ends. Of some shops each document
 * has to be looked at, which costs twice as much.
 * @param options.talked with the days of the last talk and the next: `last_talked`, `next_talk`
 */
export function sourceOf(lens: Lens, bindings: Bindings, { talked = false } = {}): string {
  const people = peopleOf(lens, bindings)
  return talked ? withTalks(people) : people
}

function peopleOf(lens: Lens, bindings: Bindings): string {
  const there = thereIn(lens, bindings)
  if (!isNarrow(lens)) return there ? `(SELECT * FROM traits FINAL WHERE ${there})` : 'traits FINAL'
  const { bought, days, sales, amounts, shops } = lens.shopIds
    ? documentsOf(lens, bindings)
    : beginningsOf(lens, bindings)
  return `(
  SELECT customer_id, gender, country, province, city, has_phone, has_email, owner_id, birth_code, birth_year, sure, region, latitude, longitude, added, shops, first_document,
         ${days} AS days, ${sales} AS sales, ${amounts} AS amounts, ${shops} AS document_shops,
         ${bought} AS purchase_days, toUInt32(length(purchase_days)) AS purchases, arraySum(amounts) AS revenue,
         if(purchases = 0, NULL, purchase_days[1]) AS first_purchase, if(purchases = 0, NULL, purchase_days[-1]) AS last_purchase
    FROM traits AS stored FINAL${there ? `\n   WHERE ${there}` : ''})`
}

/** Whether documents are left out, so that what is stored of them does not hold. */
export function isNarrow(lens: Lens): boolean {
  return lens.until !== undefined || lens.shopIds !== undefined
}

/** The arrays of the traits without what is left out. */
type Parts = { bought: string; days: string; sales: string; amounts: string; shops: string }

function beginningsOf({ until }: Lens, { bind }: Bindings): Parts {
  const upTo = bind(until!, 'Date')
  const beginning = (array: string, days: string) => `arraySlice(${array}, 1, arrayCount(d -> d <= ${upTo}, ${days}))`
  const documents = (array: string) => beginning(`stored.${array}`, 'stored.days')
  return {
    bought: beginning('stored.purchase_days', 'stored.purchase_days'),
    days: documents('days'),
    sales: documents('sales'),
    amounts: documents('amounts'),
    shops: documents('document_shops'),
  }
}

function documentsOf({ until, shopIds }: Lens, { bind }: Bindings): Parts {
  const shops =
    shopIds!.length === 1 ? `s = ${bind(shopIds![0]!, 'UInt32')}` : `has(${bind(shopIds!, 'Array(UInt32)')}, s)`
  const seen = until ? `${shops} AND d <= ${bind(until, 'Date')}` : shops
  const documents = (array: string) =>
    `arrayFilter((x, d, s) -> ${seen}, stored.${array}, stored.days, stored.document_shops)`
  return {
    bought: `arrayFilter((d, s, k) -> k = 1 AND ${seen}, stored.days, stored.document_shops, stored.sales)`,
    days: documents('days'),
    sales: documents('sales'),
    amounts: documents('amounts'),
    shops: documents('document_shops'),
  }
}

/** Who is there at all: the actor's scope in the columns' SQL. */
function thereIn({ knownBy, shopIds, ownerIds }: Lens, { bind, among }: Bindings): string {
  const conditions: string[] = among ? [among.customers] : []
  if (knownBy) {
    const day = bind(knownBy, 'Date')
    conditions.push(`(added <= ${day} OR first_document <= ${day})`)
  }
  if (shopIds) conditions.push(`hasAny(shops, ${bind(shopIds, 'Array(UInt32)')})`)
  if (ownerIds) conditions.push(`has(${bind(ownerIds, 'Array(UInt64)')}, owner_id)`)
  return conditions.join(' AND ')
}
