import { sql } from 'kysely'
import { z } from 'zod'
import { actorNames, customersByIds } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import type { PrivacyRequest } from './contract.ts'
import { type Request, requestOf, requestsWhere } from './request.ts'

/** Open ones by the day they are due; closed ones newest first. */
export async function listRequests(
  ctx: Context,
  { limit, after, of }: { limit: number; after?: string; of: 'open' | 'closed' },
): Promise<{ items: PrivacyRequest[]; next: string | undefined }> {
  const rows = await requestsWhere(ctx, of === 'open' ? openFrom(after, limit) : closedFrom(after, limit))
  const page = rows.slice(0, limit)
  const end = page.at(-1)
  const next = end && (of === 'open' ? cursorOf(end.dueOn, end.id) : cursorOf(end.id))
  return { items: await shownRequests(ctx, page), next: rows.length > limit ? next : undefined }
}

function openFrom(after: string | undefined, limit: number) {
  const last = after ? readCursor(z.tuple([z.iso.date(), z.number()]), after) : undefined
  return sql`state in ('open', 'erasing') ${last ? sql`and (due_on, id) > (${last[0]}::date, ${last[1]})` : sql``}
    order by due_on, id limit ${limit + 1}`
}

function closedFrom(after: string | undefined, limit: number) {
  const last = after ? readCursor(z.tuple([z.number()]), after) : undefined
  return sql`state in ('done', 'refused') ${last ? sql`and id < ${last[0]}` : sql``} order by id desc limit ${limit + 1}`
}

/** @throws Refusal `rights.unknown` */
export async function getRequest(ctx: Context, id: number): Promise<PrivacyRequest> {
  return (await shownRequests(ctx, [await requestOf(ctx, id)]))[0]!
}

async function shownRequests(ctx: Context, requests: readonly Request[]): Promise<PrivacyRequest[]> {
  const people = await customersByIds(ctx, [...new Set(requests.map(({ customerId }) => customerId))])
  const called = new Map(people.map((one) => [one.id, one.name ?? one.number ?? one.phone ?? one.email]))
  const names = await actorNames(
    ctx,
    requests.map(({ decidedBy, actor }) => decidedBy ?? actor),
  )
  return requests.map(({ profileIds: _, customerIds: __, marks: ___, steps, actor, decidedBy, ...request }) => ({
    ...request,
    customer: called.get(request.customerId) ?? null,
    steps: steps.length,
    actorName: names.get(decidedBy ?? actor) ?? null,
    createdAt: request.createdAt.toISOString(),
    decidedAt: request.decidedAt?.toISOString() ?? null,
    doneAt: request.doneAt?.toISOString() ?? null,
  }))
}
