import { sql } from 'kysely'
import { searchKey } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import type { Person } from './likeness/person.ts'
import { scoreFew } from './likeness/score-few.ts'
import { peopleOf } from './people.ts'
import { atLeast, learntLast } from './scan.ts'

/** Whom somebody may be like by one trait; the scorer says who is. */
const mostAlike = 50

/**
 * Who among the customers is probably the person being typed, by all that is typed together: a name that reads the same with a phone
 * one digit off, a birthday with digits exchanged. The likeliest first; nobody before the first whole look.
 */
export async function likelySame(ctx: Context, typed: Omit<Person, 'id'>): Promise<number[]> {
  const learnt = await learntLast(ctx)
  const reading = searchKey(typed.name ?? null).pinyin
  const phones = [...(typed.phones ?? [])]
  if (!learnt || (!reading && phones.length === 0)) return []
  const { rows } = await sql<{ id: number }>`
    (select id from customers where pinyin = ${reading} limit ${mostAlike})
    union
    (select map.customer_id
      from unnest(${phones}::text[]) as typed(value)
      join identifiers as i on i.kind = 'phone' and right(i.value, 4) = right(typed.value, 4) and left(i.value, 6) = left(typed.value, 6)
      join profile_customers as map on map.profile_id = i.profile_id
     limit ${mostAlike})
    union
    (select map.customer_id
      from unnest(${phones}::text[]) as typed(value)
      join identifiers as i on i.kind = 'phone' and i.value like left(typed.value, -2) || '__'
      join profile_customers as map on map.profile_id = i.profile_id
     limit ${mostAlike})`.execute(ctx.db)
  const people = await peopleOf(
    ctx,
    rows.map(({ id }) => id),
  )
  const found = scoreFew(
    [...people, { ...typed, id: 0 }],
    people.map(({ id }): [number, number] => [0, id]),
    learnt,
    atLeast,
  )
  return found.map(({ other }) => other)
}
