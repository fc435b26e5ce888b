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

/** The same of profiles: what names them, and rows (profile_id, grade) to be had `from` somewhere. */
type OfProfiles = { matched: FoundCustomer['matched']; grade: RawBuilder<unknown>; from: RawBuilder<unknown> }

/** Of those whom an identifier finds. */
const most = 100

/** Of those whose reading begins with a text so many are read, in the order of their readings: who reads like it comes first. */
const mostRead = 1_000

/**
 * Finds customers by anything one may remember of them: any part of a name, pinyin from any syllable or a beginning of it,
 * initials, a phone in any writing or its last four digits and more, the beginning of an e-mail address, a member, card or
 * buyer's number, and what higher modules know. The closest first, then the newest.
 *
 * Each way is a statement arm with an index of its own: Han characters by tokens, three and more other letters by trigrams;
 * two Latin letters find only beginnings, whole syllables and initials. At a million customers the
 * whole statement takes 1–10 ms of a processor, of one character that few bear up to 20.
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
    phonesLike(ctx, sought),
  ])
  const ofProfiles = [
    ...phones,
    ...emailsLike(ctx, sought),
    ...numbersLike(ctx, sought),
    ...(others.length > 0 ? [named('order', sql`0`, sql`unnest(${others}::bigint[]) as i(profile_id)`)] : []),
  ]
  const arms = [...nameArms({ ctx, limit }, sought), ...byProfiles(ctx, ofProfiles)]
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
  // Of one character no reading tells who begins with it: of twice as many of the newest they come first.
  if (pairs.length === 0) return [byName({ ...asking, limit: 2 * asking.limit }, grade, found, sql`true`)]
  // Whose whole name it is, and who begins with it, come before newer ones: they are found by how it reads.
  const isSo = sql`starts_with(customers.name, ${sought})`
  const begins = sql`customers.pinyin like ${`${searchKey(sought).pinyin}%`}`
  return [byName(asking, grade, sql`${found}${apart}`), byReading(asking, grade, begins, isSo)]
}

async function phonesLike(ctx: Context, sought: string): Promise<OfProfiles[]> {
  if (!numeric.test(sought)) return []
  const digits = sought.replaceAll(/\D/g, '')
  const level = levelOf(ctx.actor, 'phone')
  if (digits.length < 4 || level === 'none') return []
  const whole = normalPhone(sought, await homeCountry(ctx))
  const found = whole ? [identified('phone', sql`0`, sql`i.kind = 'phone' and i.value = ${whole.value}`)] : []
  // Digit by digit a masked number could be guessed: only the four that are shown, or all of it.
  if (level !== 'full' && digits.length > 4) return found
  const ends = sql`i.kind = 'phone' and right(i.value, 4) = ${digits.slice(-4)} and i.value like ${`%${digits}`}`
  return [...found, identified('phone', sql`1`, ends)]
}

function emailsLike(ctx: Context, sought: string): OfProfiles[] {
  if (sought.length < 3 || !/^[^\s,;<>()\p{Script=Han}]+$/u.test(sought)) return []
  const level = levelOf(ctx.actor, 'email')
  if (level === 'none') return []
  if (level !== 'full') return [identified('email', sql`0`, sql`i.kind = 'email' and i.value = ${sought}`)]
  const grade = sql`case when i.value = ${sought} then 0 else 1 end`
  return [identified('email', grade, sql`i.kind = 'email' and i.value like ${`${literal(sought)}%`}`)]
}

function numbersLike(ctx: Context, sought: string): OfProfiles[] {
  const number = normalNumber(sought)?.value
  if (!number || !/^[\w./-]+$/.test(number)) return []
  // Buyers' numbers keep their case, so both writings are tried.
  const writings = [...new Set([number, sought])]
  const exact = identified('number', sql`0`, sql`i.kind in ('member', 'card', 'buyer') and i.value = any(${writings})`)
  if (number.length < 3) return [exact]
  // A number that is a phone or an address in disguise is found by the whole of it alone.
  const plain = veiled(ctx.actor).length > 0 ? sql`and i.value !~ '^\\+?[0-9]{10,}$' and i.value !~ '@'` : sql``
  const begins = sql`i.kind in ('member', 'card', 'buyer') and i.value like ${`${literal(number)}%`} ${plain}`
  return [exact, identified('number', sql`1`, begins)]
}

/**
 * The newest, as many as are asked for: who is closer is found by the reading, and takes the place of one of them. Down the newest where
 * many have it, by the index where few do; the planner thinks a step down six times cheaper than it is (all pieces of a
 * name are compared), so it is told twice of what it cannot know to be always true. So the slowest names take a third.
 */
function byName(
  { ctx, limit }: Asking,
  grade: RawBuilder<unknown>,
  found: RawBuilder<unknown>,
  doubts = sql`customers.version + 1 > 0 and customers.version + 2 > 0`,
): Arm {
  return sql`
    (select customers.id, 'name' as matched, ${grade} as grade from customers
      where ${found} and ${visibleCustomers(ctx)} and ${doubts}
      order by customers.created_at desc, customers.id desc limit ${sql.lit(limit)})`
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

function named(matched: OfProfiles['matched'], grade: RawBuilder<unknown>, from: RawBuilder<unknown>): OfProfiles {
  return { matched, grade, from }
}

function identified(
  matched: OfProfiles['matched'],
  grade: RawBuilder<unknown>,
  found: RawBuilder<unknown>,
): OfProfiles {
  return named(matched, grade, sql`identifiers as i where ${found}`)
}

/**
 * Whose profiles they are. For who sees everybody at once, and cut before: to plan the three tables of each way by itself took
 * longer than to find anybody. For others each way by itself, as it is the visible that are counted.
 */
function byProfiles(ctx: Context, ways: readonly OfProfiles[]): Arm[] {
  const found = ways.map(
    ({ matched, grade, from }) =>
      sql`select i.profile_id, ${sql.lit(matched)} as matched, ${grade} as grade from ${from}`,
  )
  const customersOf = (profiles: RawBuilder<unknown>, limit: number) => sql`
    (select customers.id, i.matched, i.grade
       from (${profiles}) as i join profile_customers as map on map.profile_id = i.profile_id
       join customers on customers.id = map.customer_id
      where ${visibleCustomers(ctx)} limit ${sql.lit(limit)})`
  if (ctx.actor.scope.kind !== 'all') return found.map((one) => customersOf(one, most))
  if (found.length === 0) return []
  const cut = found.map((one) => sql`(${one} limit ${sql.lit(most)})`)
  return [customersOf(sql.join(cut, sql` union all `), most * ways.length)]
}

/** A text with the wildcards of LIKE taken literally. */
function literal(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&')
}
