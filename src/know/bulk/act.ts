import { type RawBuilder, sql } from 'kysely'
import { actorNames } from '#know/customers/index.ts'
import type { Actor, Context, Level, Scope } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { BulkAct, BulkDo } from './contract.ts'

/** An act as Postgres gives it. */
export type ActRecord = Omit<BulkAct, 'act' | 'askedAt' | 'endedAt' | 'actorName' | 'rate' | 'secondsLeft'> & {
  act: BulkDo
  list: unknown
  staffId: number | null
  actor: string
  scope: Scope
  sight: Record<string, Level>
  askedAt: Date
  beganAt: Date | null
  beganWith: number
  endedAt: Date | null
}

const columns = sql`id, act, list, staff_id, actor, scope, sight, state, asked_at, began_at, began_with, ended_at, total, done, changed,
  undone, kept, code, version`

/** Which acts an actor sees: the own, and those that went no further than what the actor sees. */
function seen({ actor }: Context): RawBuilder<boolean> {
  const within = (kind: string, key: string, ids: readonly number[]) =>
    sql<boolean>`(actor = ${actor.label} or (scope ->> 'kind' = ${kind} and scope -> ${key} <@ ${JSON.stringify(ids)}::jsonb))`
  switch (actor.scope.kind) {
    case 'all':
      return sql<boolean>`true`
    case 'shops':
      return within('shops', 'shopIds', actor.scope.shopIds)
    case 'owners':
      return within('owners', 'staffIds', actor.scope.staffIds)
  }
}

/** @throws Refusal `bulk.unknown` */
export async function actOf(ctx: Context, id: number, lock = false): Promise<ActRecord> {
  const { rows } = await sql<ActRecord>`
    select ${columns} from bulk_acts where id = ${id} and ${seen(ctx)} ${lock ? sql`for update` : sql``}`.execute(
    ctx.db,
  )
  if (!rows[0]) throw new Refusal('not_found', 'bulk.unknown')
  return rows[0]
}

export async function actsBefore(ctx: Context, before: number | undefined, limit: number): Promise<ActRecord[]> {
  const { rows } = await sql<ActRecord>`
    select ${columns} from bulk_acts where ${seen(ctx)} ${before === undefined ? sql`` : sql`and id < ${before}`}
     order by id desc limit ${limit}`.execute(ctx.db)
  return rows
}

/** As the contract shows them, with the pace of those that run. */
export async function shownActs(ctx: Context, records: readonly ActRecord[]): Promise<BulkAct[]> {
  const names = await actorNames(
    ctx,
    records.map(({ actor }) => actor),
  )
  return records.map(({ list: _, staffId: _s, scope: _c, sight: _g, actor, beganAt, beganWith, ...record }) => ({
    ...record,
    actorName: names.get(actor) ?? null,
    askedAt: record.askedAt.toISOString(),
    endedAt: record.endedAt?.toISOString() ?? null,
    ...pace(ctx, { ...record, beganAt, beganWith }),
  }))
}

function pace(
  ctx: Context,
  {
    state,
    total,
    done,
    changed,
    undone,
    kept,
    beganAt,
    beganWith,
  }: Omit<ActRecord, 'list' | 'staffId' | 'actor' | 'scope' | 'sight'>,
): Pick<BulkAct, 'rate' | 'secondsLeft'> {
  const [way, whole] = state === 'undoing' ? [undone + kept, changed] : [done, total ?? 0]
  const seconds = beganAt ? (ctx.clock.machine().getTime() - beganAt.getTime()) / 1000 : 0
  if (!['running', 'undoing'].includes(state) || seconds < 1 || way <= beganWith)
    return { rate: null, secondsLeft: null }
  const rate = (way - beganWith) / seconds
  return { rate, secondsLeft: Math.ceil(Math.max(0, whole - way) / rate) }
}

/** Who asked for it, as it was then: the job does no more than that person might. */
export function askerOf({ actor, staffId, scope, sight }: ActRecord, locale: string): Actor {
  const kind = staffId !== null ? 'staff' : actor.startsWith('key:') ? 'key' : 'system'
  return {
    kind,
    ...(staffId === null ? {} : { id: staffId }),
    label: actor,
    permissions: new Set(),
    scope,
    sight,
    locale,
  }
}
