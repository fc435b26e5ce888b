import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { FoundCustomer } from './contract.ts'
import { type CustomerRecord, customerColumns, shown } from './customer.ts'
import { homeCountry } from './home-country.ts'
import { normalNumber, normalPhone } from './identifier.ts'
import { visibleCustomers } from './scope.ts'
import { folded } from './search-key.ts'
import { levelOf, veiled } from './sight.ts'

/**
 * What else a text may name: higher modules register here what lower ones cannot know, as an order number. Gives ids of
 * profiles, at most 50; the actor's scope is applied by the search.
 */
export type SearchAlso = (ctx: Context, text: string) => Promise<number[]>

/** One way to find somebody: (id, matched, grade), at most `most` rows; grade 0 is exact, 1 a beginning, 2 a part. */
type Arm = RawBuilder<unknown>

/** A common surname names 70,000 of a million people; of each way only the newest are looked at. */
const most = 100

/**
 * Finds customers by anything one may remember of them: any part of a name, pinyin from any syllable or a beginning of it,
 * initials, a phone in any writing or its last four digits and more, the beginning of an e-mail address, a member, card or
 * buyer's number, and what higher modules know. The closest first, then the newest.
 *
 * Each way is a statement arm with an index of its own: Han characters by tokens, three and more other letters by trigrams;
 * two Latin letters find only beginnings, whole syllables and initials. At 250,000 customers the whole statement takes 1–15 ms.
 */
export async function search(
  ctx: Context,
  { text, limit }: { text: string; limit: number },
  also: readonly SearchAlso[] = [],
): Promise<FoundCustomer[]> {
  const sought = folded(text).replaceAll(/\s+/g, ' ')
  if (!sought) return []
  const [others, phones] = await Promise.all([
    Promise.all(also.map((ask) => ask(ctx, text.trim()))).then((all) => all.flat()),
    phoneArms(ctx, sought),
  ])
  const arms = [
    ...nameArms(ctx, sought),
    ...phones,
    ...emailArms(ctx, sought),
    ...numberArms(ctx, sought),
    ...(others.length > 0 ? [byProfile(ctx, 'order', sql`0`, sql`map.profile_id = any(${others})`)] : []),
  ]
  if (arms.length === 0) return []
  const { rows } = await sql<CustomerRecord & Pick<FoundCustomer, 'matched'>>`
    with hits as (${sql.join(arms, sql` union all `)}),
    best as (select distinct on (id) id, matched, grade from hits order by id, grade)
    select ${customerColumns}, best.matched
      from best join customers on customers.id = best.id
     order by best.grade, customers.created_at desc, customers.id desc
     limit ${limit}`.execute(ctx.db)
  return rows.map((row) => shown(ctx, row))
}

/** What a number may be written as: digits, and what stands between them. */
const numeric = /^[\d\s()+./-]+$/

function nameArms(ctx: Context, sought: string): Arm[] {
  if (/^\p{Script=Han}+$/u.test(sought)) return hanArms(ctx, sought)
  // An address is nobody's name.
  if (sought.includes('@')) return []
  const part = `%${literal(sought)}%`
  const words = sought.match(/[\p{L}\p{N}]+/gu) ?? []
  const reading = words.join('')
  if (!reading) return []
  const arms = [byName(ctx, sql`1`, sql`customers.tokens @> ${words.length > 1 ? words : [reading]}::text[]`)]
  // No reading begins with a number that a part of the name would not find; each arm costs planning.
  if (!numeric.test(sought)) {
    const grade = sql`case when customers.pinyin = ${reading} then 0 else 1 end`
    arms.push(byName(ctx, grade, sql`customers.pinyin like ${`${reading}%`}`))
  }
  if (Array.from(sought).length >= 3) arms.push(byName(ctx, sql`2`, sql`customers.name ilike ${part}`))
  return arms
}

/**
 * Han names by their pieces: one character, or all pairs of more. Not by trigrams: pg_trgm knows Han characters only where the
 * server's LC_CTYPE does, which is not ours to say on a managed server. Nor by `=`, which the trigram index would answer too, by
 * reading everybody.
 */
function hanArms(ctx: Context, sought: string): Arm[] {
  const characters = Array.from(sought).slice(0, 20)
  const pairs = characters.slice(1).map((character, at) => characters[at]! + character)
  const found = sql`customers.tokens @> ${pairs.length > 0 ? pairs : characters}::text[]`
  const grade = sql`case when customers.name = ${sought} then 0 when starts_with(customers.name, ${sought}) then 1 else 2 end`
  // A pair is borne by hundreds, so all of them are read and whose whole name it is comes before newer ones. One character
  // may be borne by one in ten: there the newest are enough, found by walking down the newest.
  const first = pairs.length > 0 ? sql`grade, ` : sql``
  return [byName(ctx, grade, sql`${found} and position(${sought} in customers.name) > 0`, first)]
}

async function phoneArms(ctx: Context, sought: string): Promise<Arm[]> {
  if (!numeric.test(sought)) return []
  const digits = sought.replaceAll(/\D/g, '')
  const level = levelOf(ctx.actor, 'phone')
  if (digits.length < 4 || level === 'none') return []
  const whole = normalPhone(sought, await homeCountry(ctx))
  const arms = whole ? [byIdentifier(ctx, 'phone', sql`0`, sql`i.kind = 'phone' and i.value = ${whole.value}`)] : []
  // Digit by digit a masked number could be guessed: only the four that are shown, or all of it.
  if (level !== 'full' && digits.length > 4) return arms
  arms.push(
    byIdentifier(
      ctx,
      'phone',
      sql`1`,
      sql`i.kind = 'phone' and right(i.value, 4) = ${digits.slice(-4)} and i.value like ${`%${digits}`}`,
    ),
  )
  return arms
}

function emailArms(ctx: Context, sought: string): Arm[] {
  if (sought.length < 3 || !/^[^\s,;<>()\p{Script=Han}]+$/u.test(sought)) return []
  const level = levelOf(ctx.actor, 'email')
  if (level === 'none') return []
  if (level !== 'full') return [byIdentifier(ctx, 'email', sql`0`, sql`i.kind = 'email' and i.value = ${sought}`)]
  return [
    byIdentifier(
      ctx,
      'email',
      sql`case when i.value = ${sought} then 0 else 1 end`,
      sql`i.kind = 'email' and i.value like ${`${literal(sought)}%`}`,
    ),
  ]
}

function numberArms(ctx: Context, sought: string): Arm[] {
  const number = normalNumber(sought)?.value
  if (!number || !/^[\w./-]+$/.test(number)) return []
  // Buyers' numbers keep their case, so both writings are tried.
  const writings = [...new Set([number, sought])]
  const exact = byIdentifier(
    ctx,
    'number',
    sql`0`,
    sql`i.kind in ('member', 'card', 'buyer') and i.value = any(${writings})`,
  )
  if (number.length < 3) return [exact]
  // A number that is a phone or an address in disguise is found by the whole of it alone.
  const plain = veiled(ctx.actor).length > 0 ? sql`and i.value !~ '^\\+?[0-9]{10,}$' and i.value !~ '@'` : sql``
  const begins = sql`i.kind in ('member', 'card', 'buyer') and i.value like ${`${literal(number)}%`} ${plain}`
  return [exact, byIdentifier(ctx, 'number', sql`1`, begins)]
}

function byName(ctx: Context, grade: RawBuilder<unknown>, found: RawBuilder<unknown>, first = sql``): Arm {
  return sql`
    (select customers.id, 'name' as matched, ${grade} as grade from customers
      where ${found} and ${visibleCustomers(ctx)}
      order by ${first}customers.created_at desc, customers.id desc limit ${sql.lit(most)})`
}

function byIdentifier(ctx: Context, matched: string, grade: RawBuilder<unknown>, found: RawBuilder<unknown>): Arm {
  return sql`
    (select customers.id, ${sql.lit(matched)} as matched, ${grade} as grade
       from identifiers as i join profile_customers as map on map.profile_id = i.profile_id
       join customers on customers.id = map.customer_id
      where ${found} and ${visibleCustomers(ctx)} limit ${sql.lit(most)})`
}

function byProfile(ctx: Context, matched: string, grade: RawBuilder<unknown>, found: RawBuilder<unknown>): Arm {
  return sql`
    (select customers.id, ${sql.lit(matched)} as matched, ${grade} as grade
       from profile_customers as map join customers on customers.id = map.customer_id
      where ${found} and ${visibleCustomers(ctx)} limit ${sql.lit(most)})`
}

/** A text with the wildcards of LIKE taken literally. */
function literal(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&')
}
