import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { shownIdentifiers } from './sight.ts'

export type Contacts = { phones: string[]; emails: string[] }

/** All phones and addresses of customers whom the actor sees already, as it is shown them, by customer; the newest first. */
export async function shownContacts(ctx: Context, ids: readonly number[]): Promise<Map<number, Contacts>> {
  const { rows } = await sql<{ customerId: number; kind: 'phone' | 'email'; value: string; raw: null }>`
    select map.customer_id, i.kind, i.value, null as raw
      from profile_customers as map join identifiers as i on i.profile_id = map.profile_id
     where map.customer_id = any(${ids}::bigint[]) and i.kind in ('phone', 'email')
     group by map.customer_id, i.kind, i.value order by max(i.at) desc, i.value`.execute(ctx.db)
  const contacts = new Map<number, Contacts>()
  for (const { customerId, kind, value } of shownIdentifiers(ctx, rows)) {
    const known = contacts.get(customerId) ?? { phones: [], emails: [] }
    contacts.set(customerId, known)
    known[kind === 'phone' ? 'phones' : 'emails'].push(value)
  }
  return contacts
}
