import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { type SmallShop, smallShops } from './small-shop.ts'

/** Writes the shop as other modules would leave it there. People get the ids that they have in the data. */
export async function openShop(ctx: Context, { products, people }: SmallShop): Promise<void> {
  const { db } = ctx
  await sql`insert into shops (code, name) values ('two', 'Second shop')`.execute(db)
  for (const [at, [latitude, longitude]] of smallShops.entries()) {
    await sql`update shops set latitude = ${latitude}, longitude = ${longitude} where id = ${at + 1}`.execute(db)
  }
  await sql`insert into brands (code, name) values ('a', 'A'), ('b', 'B')`.execute(db)
  await sql`insert into staff (name, email, role, locale, password_hash, password_changed_at, joined_at)
            select n, n || '@example.com', 'assistant', 'en', '', now(), now() from unnest(array['ann', 'bo']) n`.execute(
    db,
  )
  await sql`insert into tags (name, made_at, actor) values ('one', now(), 'system'), ('two', now(), 'system')`.execute(
    db,
  )
  await sql`insert into products (code, category, brand_id)
            select 'p' || id, category, "brandId" from jsonb_to_recordset(${JSON.stringify(products)}) as (id int, category text, "brandId" int) order by id`.execute(
    db,
  )
  let number = 0
  const numbered = people.map((person) => ({
    ...person,
    orders: person.orders.map((order) => ({ ...order, number: ++number })),
  }))
  const given = sql`jsonb_array_elements(${JSON.stringify(numbered)}::jsonb) as p`
  await sql`insert into customers (gender, country, province, city, phone, email, owner_id, birth_calendar, birth_month, birth_day, birth_leap, birth_year, sure, region, latitude, longitude, created_at)
            select p->>'gender', p->>'country', p->>'province', p->>'city', case when (p->>'phone')::bool then '+86' || (p->>'id') end,
                   case when (p->>'email')::bool then (p->>'id') || '@example.com' end, (p->>'ownerId')::bigint, p->'birthday'->>'calendar', (p->'birthday'->>'month')::smallint,
                   (p->'birthday'->>'day')::smallint, (p->'birthday'->>'leap')::bool, (p->'birthday'->>'year')::smallint, (p->>'sure')::smallint, (p->>'region')::int, (p->'at'->>0)::real, (p->'at'->>1)::real, ((p->>'added') || 'T12:00:00+08')::timestamptz
              from ${given} order by (p->>'id')::int`.execute(db)
  // Profiles 2n - 1 and 2n are of customer n.
  await sql`insert into profiles (source_id, external_id) select 1, 'small:' || n from generate_series(1, ${people.length * 2}::int) n order by n`.execute(
    db,
  )
  await sql`insert into profile_customers (profile_id, customer_id) select n, (n + 1) / 2 from generate_series(1, ${people.length * 2}::int) n`.execute(
    db,
  )
  await sql`insert into profile_tags (profile_id, tag_id, origin, state, until, actor, at)
            select (p->>'id')::int * 2 - 1 + (t->>'profile')::int, (t->>'tagId')::int, t->>'origin', t->>'state', (t->>'until')::date, 'system',
                   timestamptz '2026-01-01 00:00Z' + (t->>'at')::int * interval '1 second'
              from ${given}, jsonb_array_elements(p->'tags') t`.execute(db)
  await sql`insert into segments (name, question, made_at, changed_at, actor)
            select n, '{"is": "everyone"}', now(), now(), 'system' from unnest(array['first', 'second']) n`.execute(db)
  await sql`insert into segment_picks (segment_id, profile_id, state, until, actor, at)
            select (k->>'segmentId')::int, (p->>'id')::int * 2 - 1 + (k->>'profile')::int, k->>'state', (k->>'until')::date, 'system',
                   timestamptz '2026-01-01 00:00Z' + (k->>'at')::int * interval '1 second'
              from ${given}, jsonb_array_elements(p->'picks') k`.execute(db)
  await sql`insert into states (name, begins, ends, place) values ('candidate', true, true, 1), ('guest', true, true, 2)`.execute(
    db,
  )
  await sql`insert into state_moves (profile_id, to_id, why, actor, at)
            select (p->>'id')::int * 2 - 1 + (m->>'profile')::int, nullif((m->>'toId')::int, 0), 'why', 'system', now()
              from ${given}, jsonb_array_elements(p->'moves') with ordinality as of(m, place) order by (p->>'id')::int, place`.execute(
    db,
  )
  await sql`insert into arrivals (profile_id, origin, way_id, at, on_day, actor, told_at)
            select (p->>'id')::int * 2 - 1 + (a->>'profile')::int, (array['hand', 'import', 'tracking'])[(a->>'rank')::int], (a->>'wayId')::int,
                   ((a->>'day') || 'T12:00:00+08')::timestamptz, (a->>'day')::date, 'system', now()
              from ${given}, jsonb_array_elements(p->'came') a`.execute(db)
  await sql`with given as (
              select (o->>'number')::int as number, p, o from ${given}, jsonb_array_elements(p->'orders') o
            ), made as (
              insert into orders (profile_id, source_id, shop_id, number, kind, status, placed_at, day, amount, line_count)
              select (p->>'id')::int * 2 - 1 + (o->>'profile')::int, 1, (o->>'shopId')::int, number, o->>'kind', o->>'status',
                     ((o->>'day') || 'T00:00:00+08')::timestamptz + (o->>'minute')::int * interval '1 minute', (o->>'day')::date,
                     (select sum((l->>'amount')::bigint) from jsonb_array_elements(o->'lines') l), jsonb_array_length(o->'lines')
                from given
              returning id, number, profile_id
            ), ways as (
              insert into order_ways (order_id, profile_id, shipped_at, delivered_at, received_at)
              select made.id, made.profile_id, (o->'way'->>'shipped' || 'T12:00:00+08')::timestamptz,
                     (o->'way'->>'delivered' || 'T12:00:00+08')::timestamptz, (o->'way'->>'received' || 'T12:00:00+08')::timestamptz
                from given join made on made.number = given.number::text where o->'way' <> 'null'
            )
            insert into order_lines (order_id, line, product_id, kind, quantity, unit_price, amount)
            select made.id, line, (l->>'productId')::bigint, l->>'kind', (l->>'quantity')::numeric, 0, (l->>'amount')::bigint
              from given join made on made.number = given.number::text, jsonb_array_elements(o->'lines') with ordinality as of(l, line)`.execute(
    db,
  )
  await sql`insert into reviews (profile_id, order_id, product_id, rating, at, answer, answered_at, actor, told_at)
            select (p->>'id')::int * 2 - 1 + (r->>'profile')::int,
                   (select id from orders where number = (p->'orders'->(r->>'order')::int->>'number')), (r->>'productId')::bigint,
                   (r->>'rating')::int, ((r->>'day') || 'T12:00:00+08')::timestamptz, case when r->'answeredOn' <> 'null' then 'thanks' end,
                   ((r->>'answeredOn') || 'T12:00:00+08')::timestamptz, 'system', now()
              from ${given}, jsonb_array_elements(p->'reviews') r`.execute(db)
  const deeds = people.flatMap((person) =>
    person.deeds.map((deed) => ({ ...deed, profileId: person.id * 2 - 1 + deed.profile })),
  )
  await ctx.columns.insert({
    table: 'next_products',
    format: 'JSONEachRow',
    values: people.flatMap(({ id, next }) =>
      next.map((productId, at) => ({
        model: 1,
        customer_id: id,
        place: at + 1,
        product_id: productId,
        reason: 'alike',
      })),
    ),
  })
  for (const snapshotId of [1, 2]) {
    const profiles = people.flatMap(({ id, frozen }) =>
      frozen.filter((one) => one.snapshotId === snapshotId).map(({ profile }) => id * 2 - 1 + profile),
    )
    await ctx.columns.command({
      query: `INSERT INTO segment_snapshots (snapshot_id, members)
              SELECT {snapshotId:UInt32}, groupBitmapState(arrayJoin({profiles:Array(UInt64)}))`,
      query_params: { snapshotId, profiles },
    })
  }
  await ctx.columns.insert({
    table: 'outlooks',
    format: 'JSONEachRow',
    values: people.flatMap(({ id, outlook }) =>
      outlook
        ? [{ forecast: 1, customer_id: id, step: 'own', call_before: outlook.callBefore, again365: outlook.again365 }]
        : [],
    ),
  })
  await ctx.columns.insert({ table: 'forecasts', format: 'JSONEachRow', values: [{ id: 1, as_of: '2026-03-01' }] })
  await ctx.columns.insert({
    table: 'reachable',
    format: 'JSONEachRow',
    values: people.flatMap(({ id, reach }) =>
      reach ? [{ customer_id: id, version: 1, ...reach, until: 4_294_967_295 }] : [],
    ),
  })
  await ctx.columns.insert({
    table: 'behaviour',
    format: 'JSONEachRow',
    values: deeds.map(({ profileId, day, minute, kind, name, productIds, shopId }, place) => ({
      profile_id: profileId,
      at: instantOf(day, minute),
      batch: 1,
      place,
      received_at: instantOf(day, minute),
      source_id: 1,
      shop_id: shopId,
      kind,
      event: name,
      product_ids: productIds,
    })),
  })
}

/** In Shanghai, which is eight hours ahead the year round. */
export function instantOf(day: string, minute: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + (minute - 480) * 60_000).toISOString()
}
