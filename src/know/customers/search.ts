import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { FoundCustomer } from './contract.ts'
import { type CustomerRecord, customerColumns, shown } from './customer.ts'
import { homeCountry } from './home-country.ts'
import { normalNumber, normalPhone } from './identifier.ts'
import { visibleCustomers } from './scope.ts'
import { folded, searchKey } from './search-key.ts'
import { levelOf, veiled } from './sight.ts'

/**
 * What else a text may name: higher modules register here what lower ones cannot know, as an order number. Gives ids of
 * profiles, at most 50; the actor's scope is applied by the search.
 */
export type SearchAlso = (ctx: Context, text: string) => Promise<number[]>

/** One way to find somebody: (id, matched, grade), at most `most` rows; grade 0 is exact, 1 a beginning, 2 a part. */
type Arm = RawBuilder<unknown>

/** Of those whom an identifier finds. */
const most = 100

/** Of those whose reading begins with a text so many are read, in the order of their readings: who reads like it comes first. */
const mostRead = 2_000

/**
 * Finds customers by anything one may remember of them: any part of a name, pinyin from any syllable or a beginning of it,
 * initials, a phone in any writing or its last four digits and more, the beginning of an e-mail address, a member, card or
 * buyer's number, and what higher modules know. The closest first, then the newest.
 *
 * Each way is a statement arm with an index of its own: Han characters by tokens, three and more other letters by trigrams;
 * two Latin letters find only beginnings, whole syllables and initials. At a million customers the
 * whole statement takes 2–12 ms of a processor, and where one in 200 has it up to 40.
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
    ...nameArms({ ctx, limit }, sought),
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

type Asking = { ctx: Context; limit: number }

function nameArms(asking: Asking, sought: string): Arm[] {
  if (/^\p{Script=Han}+$/u.test(sought)) return hanArms(asking, sought)
  // An address is nobody's name.
  if (sought.includes('@')) return []
  const part = `%${literal(sought)}%`
  const words = sought.match(/[\p{L}\p{N}]+/gu) ?? []
  const reading = words.join('')
  if (!reading) return []
  const arms = [byName(asking, sql`1`, sql`customers.tokens @> ${words.length > 1 ? words : [reading]}::text[]`)]
  // No reading begins with a number that a part of the name would not find; each arm costs planning.
  if (!numeric.test(sought)) {
    const grade = sql`case when customers.pinyin = ${reading} then 0 else 1 end`
    const begins = sql`customers.pinyin like ${`${reading}%`}`
    arms.push(byReading(asking, grade, begins))
  }
  if (Array.from(sought).length >= 3) arms.push(byName(asking, sql`2`, sql`customers.name ilike ${part}`))
  return arms
}

/**
 * Han names by their pieces: one character, or all pairs of more. Not by trigrams: pg_trgm knows Han characters only where the
 * server's LC_CTYPE does, which is not ours to say on a managed server. Nor by `=`, which the trigram index would answer too, by
 * reading everybody.
 */
function hanArms(asking: Asking, sought: string): Arm[] {
  const characters = Array.from(sought).slice(0, 20)
  const pairs = characters.slice(1).map((character, at) => characters[at]! + character)
  const found = sql`customers.tokens @> ${pairs.length > 0 ? pairs : characters}::text[]`
  const grade = sql`case when customers.name = ${sought} then 0 when starts_with(customers.name, ${sought}) then 1 else 2 end`
  // One character is borne by one in ten, two by one in a hundred: the newest are enough, found by walking down the newest. Three
  // may lie apart in a name; for less the tokens say all, and the planner guesses better without a second condition.
  const apart = characters.length > 2 ? sql` and position(${sought} in customers.name) > 0` : sql``
  const arms = [byName(asking, grade, sql`${found}${apart}`)]
  // Whose whole name it is, and who begins with it, come before newer ones: they are found by how it reads.
  const { pinyin } = searchKey(sought)
  if (pairs.length > 0) {
    const isSo = sql`starts_with(customers.name, ${sought})`
    arms.push(byReading(asking, grade, sql`customers.pinyin like ${`${pinyin}%`}`, isSo))
  }
  return arms
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

/** The newest: twice as many as are asked for, as other arms may find the same ones, closer. */
function byName({ ctx, limit }: Asking, grade: RawBuilder<unknown>, found: RawBuilder<unknown>): Arm {
  return sql`
    (select customers.id, 'name' as matched, ${grade} as grade from customers
      where ${found} and ${visibleCustomers(ctx)}
      order by customers.created_at desc, customers.id desc limit ${sql.lit(2 * limit)})`
}

/**
 * The closest, and of them the newest. How many begin with a text the planner cannot guess: it walked down the newest through everybody, or
 * read twenty thousand to sort them. Without an order inside it reads the index up to a number.
 */
function byReading(
  { ctx, limit }: Asking,
  grade: RawBuilder<unknown>,
  begins: RawBuilder<unknown>,
  isSo: RawBuilder<unknown> = sql`true`,
): Arm {
  return sql`
    (select id, 'name' as matched, ${grade} as grade
       from (select * from customers where ${begins} and ${visibleCustomers(ctx)} limit ${sql.lit(mostRead)}) as customers
      where ${isSo}
      order by grade, created_at desc, id desc limit ${sql.lit(2 * limit)})`
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
