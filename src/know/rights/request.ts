import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { PrivacyRequest } from './contract.ts'

/** A request as it stands in the records. */
export type Request = Omit<
  PrivacyRequest,
  'createdAt' | 'decidedAt' | 'doneAt' | 'customer' | 'actorName' | 'steps'
> & {
  profileIds: number[]
  customerIds: number[]
  marks: string[]
  steps: string[]
  createdAt: Date
  decidedAt: Date | null
  doneAt: Date | null
  actor: string
  decidedBy: string | null
}

const columns = sql`id, kind, law, customer_id, came_by, asked_on, due_on, note, state, refusal, answer, profile_ids, customer_ids, marks,
  steps, summary, failure, actor, created_at, decided_by, decided_at, done_at, version`

export async function requestOf(ctx: Context, id: number, lock = false): Promise<Request> {
  const { rows } = await sql<Request>`
    select ${columns} from privacy_requests where id = ${id} ${lock ? sql`for update` : sql``}`.execute(ctx.db)
  if (!rows[0]) throw new Refusal('not_found', 'rights.unknown', { id })
  return numbered(rows[0])
}

export async function requestsWhere(ctx: Context, condition: ReturnType<typeof sql>): Promise<Request[]> {
  const { rows } = await sql<Request>`select ${columns} from privacy_requests where ${condition}`.execute(ctx.db)
  return rows.map(numbered)
}

/** Arrays of ids arrive as texts. */
function numbered(request: Request): Request {
  return { ...request, profileIds: request.profileIds.map(Number), customerIds: request.customerIds.map(Number) }
}
