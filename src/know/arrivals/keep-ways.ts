import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction, lockFor } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { ArrivalWay } from './contract.ts'
import { wayAdded, wayChanged } from './facts.ts'
import { wayOf, waysOf } from './way.ts'

/** Names mean one way: who makes and changes them takes turns. */
const turn = (ctx: Context) => lockFor(ctx, 'arrivals.ways')

/** @throws Refusal `arrivals.taken_name` */
export function addWay(ctx: Context, { name }: { name: string }): Promise<ArrivalWay> {
  return inTransaction(ctx, async (ctx) => {
    await turn(ctx)
    return wayOf(ctx, (await waysNamed(ctx, [name], { fresh: true })).get(name)!)
  })
}

/**
 * The ways of these names, offered ones and others, made where there is none.
 * @param options.fresh refuses a name that an offered way has
 */
export async function waysNamed(
  ctx: Context,
  names: readonly string[],
  { fresh = false } = {},
): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  if (names.length === 0) return found
  await turn(ctx)
  const known = await waysOf(ctx)
  const byName = new Map([...known].reverse().map((way) => [way.name.toLowerCase(), way]))
  for (const name of names) {
    const there = byName.get(name.toLowerCase())
    if (there?.offered && fresh) throw new Refusal('conflict', 'arrivals.taken_name')
    if (there) {
      // One of the house's that this shop was not offered, or one that was offered before, is so from now on.
      if (fresh) {
        await sql`update arrival_ways set name = ${name}, ended_at = null, version = version + 1 where id = ${there.id}`.execute(
          ctx.db,
        )
      }
      found.set(name, there.id)
      continue
    }
    const { rows } = await sql<{ id: number }>`
      insert into arrival_ways (name, place) select ${name}, coalesce(max(place), 0) + 1 from arrival_ways returning id`.execute(
      ctx.db,
    )
    const { id } = rows[0]!
    found.set(name, id)
    byName.set(name.toLowerCase(), { id, key: null, name, offered: true, version: 1 })
    await announce(ctx, wayAdded, { subjectId: id, data: {} })
  }
  return found
}

/** @throws Refusal `arrivals.unknown_way`, `http.stale`, `arrivals.taken_name` */
export function editWay(
  ctx: Context,
  version: number,
  { id, name, offered, place }: { id: number; name?: string; offered?: boolean; place?: number },
): Promise<ArrivalWay> {
  return inTransaction(ctx, async (ctx) => {
    await turn(ctx)
    const all = await waysOf(ctx)
    const way = all.find((one) => one.id === id)
    if (!way) throw new Refusal('not_found', 'arrivals.unknown_way')
    if (way.version !== version) throw new Refusal('stale', 'http.stale')
    const wanted = name ?? way.name
    const willBe = offered ?? way.offered
    const same = (one: ArrivalWay) => one.id !== id && one.offered && one.name.toLowerCase() === wanted.toLowerCase()
    if (willBe && all.some(same)) throw new Refusal('conflict', 'arrivals.taken_name')
    // Who offers one of the house's by hand has named it with that.
    const named = name !== undefined || offered === true ? sql`, name = ${wanted}` : sql``
    const ended = offered === undefined ? sql`` : sql`, ended_at = ${offered ? null : ctx.clock.now()}`
    await sql`update arrival_ways set version = version + 1 ${named} ${ended} where id = ${id}`.execute(ctx.db)
    if (place !== undefined) await moveTo(ctx, all, id, place)
    const fields = Object.entries({ name, offered, place }).flatMap(([field, value]) =>
      value === undefined ? [] : [field],
    )
    await announce(ctx, wayChanged, { subjectId: id, data: { fields } })
    return wayOf(ctx, id)
  })
}

/** Counts places among the offered ones, as they are seen. */
async function moveTo(ctx: Context, all: readonly ArrivalWay[], id: number, place: number): Promise<void> {
  const offered = all.filter((one) => one.offered && one.id !== id).map((one) => one.id)
  offered.splice(place - 1, 0, id)
  const order = [...offered, ...all.filter((one) => !offered.includes(one.id)).map((one) => one.id)]
  await sql`
    update arrival_ways set place = wanted.place from unnest(${order}::int[]) with ordinality as wanted(id, place)
     where arrival_ways.id = wanted.id`.execute(ctx.db)
}
