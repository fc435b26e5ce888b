import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { LikelySame, PersonInput } from './contract.ts'
import { customersByIds } from './customers-by-ids.ts'
import type { FieldValues } from './field.ts'
import { homeCountry } from './home-country.ts'
import { normalIdentifier, type TypedKind } from './identifier.ts'
import type { Given } from './say-identifiers.ts'
import { visibleCustomers } from './scope.ts'
import { folded, searchKey } from './search-key.ts'

/** What is known of somebody who may already be there. */
export type Sought = { values: Partial<FieldValues>; identifiers: readonly Pick<Given, 'kind' | 'scope' | 'value'>[] }

/** Strongest first; the page lists people in this order. */
const strength = [
  ...['unionid', 'external_userid', 'openid', 'buyer', 'member', 'card'],
  ...['phone', 'email', 'name_birthday', 'name_city'],
] as const

/**
 * Who is probably the same person, among the actor's customers: the same phone, e-mail or member number, or the same name with
 * the same birthday or city. At most 20, the strongest reason first.
 * @param exceptId a customer who is not meant
 */
export async function findDuplicates(ctx: Context, sought: Sought, exceptId = 0): Promise<LikelySame[]> {
  const arms = [...identifierArm(sought), ...nameArm(sought)]
  if (arms.length === 0) return []
  const { rows } = await sql<{ id: number; reasons: LikelySame['reasons'] }>`
    with hits as (${sql.join(arms, sql` union `)})
    select customers.id, array_agg(hits.reason order by array_position(${[...strength]}::text[], hits.reason)) as reasons
      from hits join customers on customers.id = hits.id
     where customers.id <> ${exceptId} and ${visibleCustomers(ctx)}
     group by customers.id
     order by min(array_position(${[...strength]}::text[], hits.reason)), customers.id desc
     limit 20`.execute(ctx.db)
  const reasons = new Map(rows.map((row) => [row.id, row.reasons]))
  const people = await customersByIds(ctx, [...reasons.keys()])
  return people.map((person) => ({ ...person, reasons: reasons.get(person.id)! }))
}

/** Who a higher module says is probably the same as somebody being typed, the likeliest first: ids of any customers. */
export type AlikeAlso = (
  ctx: Context,
  typed: Partial<FieldValues> & { phones: string[]; emails: string[] },
) => Promise<number[]>

/**
 * The same, of what is being typed: a phone or an address that is not whole yet is left out.
 * @param alike who else may be meant, by all that is typed together
 */
export async function duplicatesOf(
  ctx: Context,
  { values, phones, emails, member }: PersonInput,
  alike?: AlikeAlso,
): Promise<LikelySame[]> {
  const country = await homeCountry(ctx)
  const read = (kind: TypedKind, raws: readonly string[]) =>
    raws.flatMap((raw) => {
      const normal = normalIdentifier(kind, raw, country)
      return normal ? [{ kind, scope: '', value: normal.value }] : []
    })
  const [phone, email] = [read('phone', phones), read('email', emails)]
  const found = await findDuplicates(ctx, {
    values,
    identifiers: [...phone, ...email, ...read('member', member ? [member] : [])],
  })
  const plain = (all: readonly { value: string }[]) => all.map(({ value }) => value)
  const also = (await alike?.(ctx, { ...values, phones: plain(phone), emails: plain(email) })) ?? []
  const further = also.filter((id) => found.every((one) => one.id !== id)).slice(0, 20 - found.length)
  const people = await customersByIds(ctx, further)
  return [...found, ...people.map((person) => ({ ...person, reasons: ['alike' as const] }))]
}

/** What one person has alone. */
const owned: ReadonlySet<string> = new Set(strength.slice(0, 6))

/**
 * Refuses where somebody is probably the same person. A phone may be shared by a family, so a person may say `anyway`; a number or
 * an account belongs to one.
 * @throws Refusal `customers.duplicate` {ids, count}, `customers.member_taken` {id}
 */
export async function refuseDuplicates(ctx: Context, sought: Sought, anyway: boolean, exceptId = 0): Promise<void> {
  const found = await findDuplicates(ctx, sought, exceptId)
  const member = found.find((one) => one.reasons.some((reason) => owned.has(reason)))
  if (member) throw new Refusal('conflict', 'customers.member_taken', { id: member.id })
  if (anyway || found.length === 0) return
  throw new Refusal('conflict', 'customers.duplicate', {
    ids: found.map((one) => one.id).join(','),
    count: found.length,
  })
}

function identifierArm({ identifiers }: Sought): RawBuilder<unknown>[] {
  if (identifiers.length === 0) return []
  return [
    sql`
      select map.customer_id as id, i.kind as reason
        from jsonb_to_recordset(${JSON.stringify(identifiers)}::jsonb) as given(kind text, scope text, value text)
        join identifiers as i on i.kind = given.kind and i.value = given.value and i.scope = given.scope
        join profile_customers as map on map.profile_id = i.profile_id`,
  ]
}

/** Names are compared folded; the index is that of the reading. */
function nameArm({ values: { name, birthday, city } }: Sought): RawBuilder<unknown>[] {
  const reading = searchKey(name ?? null).pinyin
  if (!name || !reading) return []
  const named = sql`
    from customers where pinyin = ${reading} and lower(normalize(name, nfkc)) = ${folded(name)}`
  const arms: RawBuilder<unknown>[] = []
  if (birthday) {
    arms.push(sql`
      select id, 'name_birthday' as reason ${named}
        and birth_calendar = ${birthday.calendar} and birth_month = ${birthday.month} and birth_day = ${birthday.day}
        and coalesce(birth_leap, false) = ${birthday.leap ?? false}
        and (${birthday.year ?? null}::int is null or birth_year is null or birth_year = ${birthday.year ?? null}::int)`)
  }
  if (city) arms.push(sql`select id, 'name_city' as reason ${named} and lower(city) = ${folded(city)}`)
  return arms
}
