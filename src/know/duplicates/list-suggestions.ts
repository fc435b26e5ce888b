import { sql } from 'kysely'
import { z } from 'zod'
import { actorNames, customersByIds, shownContacts } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import type { Side, Suggestion } from './contract.ts'
import { shownProposals, shownReasons } from './shown-reasons.ts'
import { type SuggestionRecord, seenSuggestions, suggestionColumns, waits } from './suggestion.ts'

type Asked = { state: 'open' | 'decided'; limit: number; after?: string }
type Page = { items: Suggestion[]; next: string | undefined }

/** Pairs of whom the actor sees both: open ones the likeliest first, or decided ones, the last first. */
export async function listSuggestions(ctx: Context, { state, limit, after }: Asked): Promise<Page> {
  const { rows } = state === 'open' ? await open(ctx, limit, after) : await decided(ctx, limit, after)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const sides = await sidesOf(ctx, [...new Set(page.flatMap(({ oneNow, otherNow }) => [oneNow, otherNow]))])
  const names = await actorNames(
    ctx,
    page.flatMap(({ decidedBy }) => decidedBy ?? []),
  )
  return {
    items: page.flatMap(({ oneNow, otherNow, foundAt, decidedAt, ...row }) => {
      const [one, other] = [sides.get(oneNow), sides.get(otherNow)]
      if (!one || !other) return []
      return [
        {
          id: row.id,
          probability: row.reasons.length > 0 ? row.probability : null,
          reasons: shownReasons(ctx, row.reasons),
          proposed: shownProposals(ctx, row.proposed),
          state: row.state,
          foundAt: foundAt.toISOString(),
          one,
          other,
          decidedAt: decidedAt?.toISOString() ?? null,
          decidedBy: row.decidedBy,
          decidedByName: (row.decidedBy && names.get(row.decidedBy)) ?? null,
        },
      ]
    }),
    next:
      rows.length > limit && last
        ? cursorOf(state === 'open' ? last.probability : last.decidedAt!.toISOString(), last.id)
        : undefined,
  }
}

function open(ctx: Context, limit: number, after?: string) {
  const [probability, id] = after ? readCursor(z.tuple([z.number(), z.number()]), after) : [2, 0]
  return sql<SuggestionRecord>`
    select ${suggestionColumns} from ${seenSuggestions(ctx)} and ${waits} and (s.probability, s.id) < (${probability}::real, ${id}::bigint)
     order by s.probability desc, s.id desc limit ${limit + 1}`.execute(ctx.db)
}

function decided(ctx: Context, limit: number, after?: string) {
  const [at, id] = after ? readCursor(z.tuple([z.iso.datetime(), z.number()]), after) : ['infinity', 0]
  return sql<SuggestionRecord>`
    select ${suggestionColumns} from ${seenSuggestions(ctx)} and s.state <> 'open' and (s.decided_at, s.id) < (${at}::timestamptz, ${id}::bigint)
     order by s.decided_at desc, s.id desc limit ${limit + 1}`.execute(ctx.db)
}

/** How many pairs wait, up to 1,000: more is nobody's day's work. */
export async function countOpen(ctx: Context): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select count(*)::int as open from (select from ${seenSuggestions(ctx)} and ${waits} limit 1000) as waiting`.execute(
    ctx.db,
  )
  return rows[0]!.open
}

/** What the two are compared by, as this actor is shown it. */
async function sidesOf(ctx: Context, ids: readonly number[]): Promise<Map<number, Side>> {
  const people = await customersByIds(ctx, ids, { columns: ['district', 'address', 'postcode'] })
  const contacts = await shownContacts(ctx, ids)
  const { rows } = await sql<{ id: number; sources: string[] }>`
    select map.customer_id as id, array_agg(distinct sources.name order by sources.name) as sources
      from profile_customers as map
      join profiles on profiles.id = map.profile_id
      join sources on sources.id = profiles.source_id
     where map.customer_id = any(${ids}::bigint[]) group by map.customer_id`.execute(ctx.db)
  const sources = new Map(rows.map((row) => [row.id, row.sources]))
  return new Map(
    people.map((person) => [
      person.id,
      { ...person, ...(contacts.get(person.id) ?? { phones: [], emails: [] }), sources: sources.get(person.id) ?? [] },
    ]),
  )
}
