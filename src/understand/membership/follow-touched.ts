import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { compileFound, type ManyKept, rowsOf } from '#understand/query/index.ts'
import type { Fence, Keeping } from './keeping.ts'
import { kinOf } from './kin.ts'
import { bitmapsOf, type Membership } from './membership.ts'
import { amongOf, idsOf, nextTouched, type Touched } from './touched.ts'
import { type Change, writeChanges } from './write-changes.ts'

/** Customers evaluated by one statement. */
const piece = 2_000

/**
 * Evaluates whom new data touched in all segments, piece by piece, and writes who came in and who left. Done again after a crash it finds
 * what is written already, and changes nothing.
 * @returns segments without a bitmap, which must be counted anew
 */
export async function followTouched(
  ctx: Context,
  fence: Fence,
  touched: Touched,
  { many, memberships, since }: { many: ManyKept; memberships: readonly Membership[]; since: Keeping },
): Promise<number[]> {
  const lost = new Set<number>()
  const gone = new Set<string>()
  for (let after = 0; ; ) {
    const people = await nextTouched(ctx, touched, after, piece)
    if (people.length === 0) break
    const upTo = people.at(-1)!.customerId
    const here = { run: touched.run, after, upTo }
    const found = await rowsOf<{ customerId: number; found: number[] }>(ctx, compileFound(many, amongOf(here)))
    const ids = people.map(({ customerId }) => customerId)
    const before = await membersAmong(ctx, memberships, ids, idsOf(here))
    for (const { segmentId } of memberships) if (!before.bitmaps.has(segmentId)) lost.add(segmentId)
    const now = new Map(found.map((one) => [one.customerId, new Set(one.found)]))
    const changes: Change[] = []
    for (const { customerId, isNews } of people) {
      for (const { segmentId } of memberships) {
        if (lost.has(segmentId)) continue
        const is = now.get(customerId)?.has(segmentId) ?? false
        if (is === before.has(segmentId, customerId)) continue
        changes.push({ segmentId, customerId, entered: is, told: isNews })
        if (!is) gone.add(`${segmentId} ${customerId}`)
      }
    }
    await hush(ctx, changes, { memberships, since, gone })
    if (changes.length > 0) await writeChanges(ctx, fence, changes, { why: 'data', day: many.lens.asOf })
    if (people.length < piece) break
    after = upTo
  }
  return [...lost]
}

type Before = { bitmaps: ReadonlySet<number>; has(segmentId: number, customerId: number): boolean }

/** Who of some customers is in which segment, before this turn's changes to them. */
async function membersAmong(
  ctx: Context,
  memberships: readonly Membership[],
  ids: readonly number[],
  customers: string,
): Promise<Before> {
  const [bitmaps, { rows: flips }] = await Promise.all([
    rowsOf<{ segmentId: number; ids: number[] }>(ctx, {
      sql: `SELECT segment_id AS segmentId, bitmapToArray(bitmapAnd(groupBitmapMergeState(members), (SELECT groupBitmapState(customer_id) FROM (${customers})))) AS ids
  FROM memberships WHERE ${bitmapsOf(memberships)} GROUP BY segment_id`,
      params: {},
    }),
    sql<{ segmentId: number; customerId: number }>`
      select segment_id, customer_id from segment_flips where customer_id = any(${[...ids]}::bigint[])`.execute(ctx.db),
  ])
  const inBitmap = new Map(bitmaps.map((one) => [one.segmentId, new Set(one.ids)]))
  const flipped = new Set(flips.map(({ segmentId, customerId }) => `${segmentId} ${customerId}`))
  return {
    bitmaps: new Set(inBitmap.keys()),
    has: (segmentId, customerId) =>
      (inBitmap.get(segmentId)?.has(customerId) ?? false) !== flipped.has(`${segmentId} ${customerId}`),
  }
}

/**
 * Somebody who was in already under another number did not come in: profiles were joined, or taken apart again.
 * @param gone who left in this turn
 */
async function hush(
  ctx: Context,
  changes: readonly Change[],
  { memberships, since, gone }: { memberships: readonly Membership[]; since: Keeping; gone: ReadonlySet<string> },
): Promise<void> {
  const came = changes.filter(({ entered, told }) => entered && told)
  if (came.length === 0) return
  const kin = await kinOf(
    ctx,
    came.map(({ customerId }) => customerId),
    since,
  )
  if (kin.size === 0) return
  const others = [...new Set([...kin.values()].flat())]
  const before = await membersAmong(
    ctx,
    memberships,
    others,
    `SELECT toUInt64(arrayJoin([${others.map(Math.trunc).join(', ')}])) AS customer_id`,
  )
  for (const change of came) {
    const { segmentId } = change
    change.told = !(kin.get(change.customerId) ?? []).some(
      (one) => before.has(segmentId, one) || gone.has(`${segmentId} ${one}`),
    )
  }
}
