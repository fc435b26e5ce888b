import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Channel, Word } from './consent.ts'
import type { Balance, ConsentState, Suppressed } from './may-contact.ts'
import { rulesOf } from './rules.ts'
import { type Address, addressesOf, suppressionHash } from './suppression.ts'

/** Customers of one round of statements. */
const piece = 2_000

type Person = {
  id: number
  profileIds: number[]
  birthYear: number | null
  birthMonth: number | null
  birthDay: number | null
  birthCalendar: string | null
}

/**
 * All that decides whether these customers may be contacted. Seven statements for each 2,000, whatever their history: of each
 * profile only the latest row of a subject, channel, purpose and brand is read. Not scoped: the gate asks for whom it writes to.
 *
 * What cannot be read is thrown, and a customer who is not there has no state: both are a no to `mayContact`.
 */
export async function consentStates(ctx: Context, customerIds: readonly number[]): Promise<Map<number, ConsentState>> {
  const { value: rules } = await rulesOf(ctx)
  const states = new Map<number, ConsentState>()
  for (let from = 0; from < customerIds.length; from += piece) {
    for (const state of await statesOf(ctx, customerIds.slice(from, from + piece))) {
      states.set(state.customerId, { ...state, rules })
    }
  }
  return states
}

async function statesOf(ctx: Context, customerIds: readonly number[]): Promise<Omit<ConsentState, 'rules'>[]> {
  const { rows: people } = await sql<Person>`
    select customers.id, customers.birth_year, customers.birth_month, customers.birth_day, customers.birth_calendar,
           array(select profile_id from profile_customers where customer_id = customers.id order by profile_id)::bigint[] as profile_ids
      from customers where customers.id = any(${customerIds}::bigint[])`.execute(ctx.db)
  const profileIds = people.flatMap((person) => person.profileIds.map(Number))
  const { words, addresses, suppressed, balances } = await said(ctx, profileIds)
  return people.map((person) => {
    const ids = person.profileIds.map(Number)
    const own = ids.flatMap((id) => addresses.get(id) ?? [])
    return {
      customerId: person.id,
      profileIds: ids,
      words: ids.flatMap((id) => words.get(id) ?? []),
      addresses: countsOf(own),
      suppressed: distinct(own).flatMap((one) =>
        (suppressed.get(keyOf(one)) ?? []).map((entry) => ({ ...entry, kind: one.kind })),
      ),
      balances: ids.flatMap((id) => balances.get(id) ?? []),
      birthday: birthdayOf(person),
    }
  })
}

async function said(ctx: Context, profileIds: readonly number[]) {
  const { rows: words } = await sql<Omit<Word, 'covers'> & { covers: number[] }>`
    select distinct on (profile_id, subject, channel, purpose, brand_id)
           id, profile_id, covers, subject, channel, purpose, brand_id, decision, expires_at, way, actor, at
      from consents where profile_id = any(${profileIds}::bigint[])
       and not exists (select from consent_withdrawals w where w.consent_id = consents.id)
     order by profile_id, subject, channel, purpose, brand_id, at desc, id desc`.execute(ctx.db)
  const addresses = await addressesOf(ctx, profileIds)
  const { rows: balances } = await sql<Balance & { profileId: number }>`
    select profile_id, channel, app, template, balance from consent_balances
     where profile_id = any(${profileIds}::bigint[]) and balance > 0`.execute(ctx.db)
  return {
    words: grouped(words.map((word) => ({ ...word, covers: word.covers.map(Number) }))),
    addresses: grouped(addresses),
    suppressed: await listed(ctx, distinct(addresses)),
    balances: grouped(balances),
  }
}

/** Which of these addresses are on the list, by address. */
async function listed(ctx: Context, addresses: readonly Address[]): Promise<Map<string, Omit<Suppressed, 'kind'>[]>> {
  // Half of what an answer costs are the hashes: not worth making where nobody is on the list.
  const { rows: any } = await sql`select from suppressions limit 1`.execute(ctx.db)
  if (any.length === 0) return new Map()
  const byHash = new Map(addresses.map((one) => [suppressionHash(ctx, one).toString('hex'), keyOf(one)]))
  const { rows } = await sql<Omit<Suppressed, 'kind'> & { hash: string; channel: Channel | 'any' }>`
    select encode(s.hash, 'hex') as hash, s.channel, s.purpose, s.reason, s.since
      from unnest(${[...byHash.keys()]}::text[]) as wanted join suppressions s on s.hash = decode(wanted, 'hex')`.execute(
    ctx.db,
  )
  const found = new Map<string, Omit<Suppressed, 'kind'>[]>()
  for (const { hash, ...one } of rows) {
    const key = byHash.get(hash)!
    found.set(key, [...(found.get(key) ?? []), one])
  }
  return found
}

function grouped<T extends { profileId: number }>(rows: readonly T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const row of rows) {
    const group = groups.get(row.profileId)
    if (group) group.push(row)
    else groups.set(row.profileId, [row])
  }
  return groups
}

function keyOf({ kind, scope, value }: Address): string {
  return `${kind}\n${scope}\n${value}`
}

function distinct<T extends Address>(addresses: readonly T[]): T[] {
  return [...new Map(addresses.map((one) => [keyOf(one), one])).values()]
}

function countsOf(addresses: readonly Address[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { kind } of distinct(addresses)) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

/** A lunar day is at most some weeks later in the solar year: the last day of the next February is on the safe side. */
function birthdayOf({ birthYear, birthMonth, birthDay, birthCalendar }: Person): ConsentState['birthday'] {
  if (birthYear === null) return null
  if (birthCalendar === 'lunar') return { year: birthYear + 1, month: 2, day: 28 }
  return { year: birthYear, month: birthMonth ?? 12, day: birthDay ?? 31 }
}
