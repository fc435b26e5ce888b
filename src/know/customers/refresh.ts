import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { regionsOf, saidOfRegion } from './regions-of.ts'
import { searchKey } from './search-key.ts'

/** Names computed at once; a piece's statement stays well below a second. */
const piece = 5_000

/**
 * How far a source is trusted, 1 the most: staff > stated by the person > import > observed > inferred. Among equals the newest
 * is shown. One expression for the page, the export and the shown columns.
 */
export function rankOf(origin: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`array_position(array['staff', 'stated', 'import', 'observed', 'inferred'], ${origin})`
}

/**
 * Chooses again what is shown and searched of customers, from all that their profiles say, and marks them changed
 * (version + 1, xid). Call it in the transaction of the change, with the ids of customers whose values, identifiers or profiles
 * changed, and only those: each call is a new version and a row for the projection.
 *
 * A value is chosen by rank, then newest. An identifier: of a staff's profile before others, then newest; the number: a member
 * number before a card, then a buyer's number. Set-wise in pieces of 5,000. Two thirds of its cost are the indexes of `customers`:
 * each new version is entered in all of them; pinyin is 12 µs a changed name.
 */
export async function refresh(ctx: Context, customerIds: readonly number[]): Promise<void> {
  const ids = [...new Set(customerIds)].sort((a, b) => a - b)
  for (let from = 0; from < ids.length; from += piece) await refreshPiece(ctx, ids.slice(from, from + piece))
}

/** Which shown values the person or staff said, added up in `customers.sure`: questions may ask for those alone. */
const sureBits = sql.raw(
  Object.entries({ gender: 1, birthday: 2, country: 4, province: 8, city: 16 })
    .map(([field, bit]) => `when '${field}' then ${bit}`)
    .join(' '),
)

async function refreshPiece(ctx: Context, ids: number[]): Promise<void> {
  // Pinyin is made here, not in SQL, so names are read first: only one that somebody did not bear before needs a key, and once.
  const { rows } = await sql<{ name: string }>`
    select distinct chosen.value #>> '{}' as name
      from (${chosenValues(ids, ['name'])}) as chosen join customers on customers.id = chosen.customer_id
     where customers.name is distinct from chosen.value #>> '{}'`.execute(ctx.db)
  const keys = rows.map(({ name }) => ({ name, ...searchKey(name) }))
  const placed = await regionsOf(ctx, chosenValues(ids, saidOfRegion))

  await sql`
    with map as materialized (${profilesOf(ids)}),
    chosen as (${valuesIn(sql`map`, ['name', 'gender', 'birthday', 'country', 'province', 'city'])}),
    shown as (
      select customer_id,
             (array_agg(value #>> '{}') filter (where field = 'name'))[1] as name,
             (array_agg(value #>> '{}') filter (where field = 'gender'))[1] as gender,
             (array_agg(value) filter (where field = 'birthday'))[1] as birthday,
             (array_agg(value #>> '{}') filter (where field = 'country'))[1] as country,
             (array_agg(value #>> '{}') filter (where field = 'province'))[1] as province,
             (array_agg(value #>> '{}') filter (where field = 'city'))[1] as city,
             sum(case field ${sureBits} end) filter (where origin in ('staff', 'stated')) as sure
        from chosen group by customer_id
    ),
    tied as (${identifiersIn(sql`map`)}),
    reached as (
      select customer_id,
             max(value) filter (where kind = 'phone') as phone,
             max(value) filter (where kind = 'email') as email,
             coalesce(max(value) filter (where kind = 'member'), max(value) filter (where kind = 'card'),
                      max(value) filter (where kind = 'buyer')) as number
        from tied group by customer_id
    ),
    marked as (${marksIn(sql`map`)}),
    keyed as (
      select * from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as row(name text, pinyin text, tokens text[])
    ),
    placed as (
      select * from jsonb_to_recordset(${JSON.stringify(placed)}::jsonb) as row(id bigint, region int, sure boolean, latitude real, longitude real)
    )
    update customers
       set name = case when shown.name is null or keyed.name is not null then shown.name else customers.name end,
           pinyin = case when shown.name is null or keyed.name is not null then keyed.pinyin else customers.pinyin end,
           tokens = case when shown.name is null then '{}' else coalesce(keyed.tokens, customers.tokens) end,
           gender = shown.gender,
           birth_calendar = shown.birthday ->> 'calendar',
           birth_month = (shown.birthday ->> 'month')::smallint,
           birth_day = (shown.birthday ->> 'day')::smallint,
           birth_leap = (shown.birthday ->> 'leap')::boolean,
           birth_year = (shown.birthday ->> 'year')::smallint,
           country = shown.country, province = shown.province, city = shown.city,
           phone = reached.phone, email = reached.email, number = reached.number, mark = marked.mark,
           region = coalesce(placed.region, 0), latitude = placed.latitude, longitude = placed.longitude,
           sure = coalesce(shown.sure, 0) + case when placed.sure then 32 else 0 end,
           version = customers.version + 1,
           xid = pg_current_xact_id()
      from unnest(${ids}::bigint[]) as asked(id)
      left join shown on shown.customer_id = asked.id
      left join keyed on keyed.name = shown.name
      left join reached on reached.customer_id = asked.id
      left join marked on marked.customer_id = asked.id
      left join placed on placed.id = asked.id
     where customers.id = asked.id`.execute(ctx.db)
}

function profilesOf(customerIds: readonly number[]): RawBuilder<unknown> {
  return sql`select profile_id, customer_id from profile_customers where customer_id = any(${customerIds}::bigint[])`
}

/** The one value of each field that is shown: (customer_id, profile_id, field, value, origin, actor, at). */
export function chosenValues(customerIds: readonly number[], fields: readonly string[]): RawBuilder<unknown> {
  return valuesIn(sql`(${profilesOf(customerIds)})`, fields)
}

/** The one identifier of each kind that is shown: (customer_id, id, kind, value). */
export function chosenIdentifiers(customerIds: readonly number[]): RawBuilder<unknown> {
  return identifiersIn(sql`(${profilesOf(customerIds)})`)
}

/**
 * Profile by profile, whatever the planner believes of fields: where few say a field, as after a first import of names, it read the
 * index of all values from end to end instead, for each piece again.
 * @param map (profile_id, customer_id)
 */
function valuesIn(map: RawBuilder<unknown>, fields: readonly string[]): RawBuilder<unknown> {
  return sql`
    select distinct on (map.customer_id, v.field) map.customer_id, v.profile_id, v.field, v.value, v.origin, v.actor, v.at
      from ${map} as map, lateral (select * from profile_values where profile_id = map.profile_id offset 0) as v
     where v.field = any(${fields}::text[])
     order by map.customer_id, v.field, ${rankOf(sql`v.origin`)}, v.at desc, v.profile_id desc`
}

function identifiersIn(map: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select distinct on (map.customer_id, i.kind) map.customer_id, i.id, i.kind, i.value
      from ${map} as map, lateral (select * from identifiers where profile_id = map.profile_id offset 0) as i
      join profiles on profiles.id = i.profile_id
      join sources on sources.id = profiles.source_id
     order by map.customer_id, i.kind, (sources.kind = 'staff') desc, i.at desc, i.id desc`
}

/**
 * Who is one of us or nobody at all: (customer_id, mark). What staff say of the person comes before the rule, and the newest of it;
 * the rule: a phone or an address of our own, or of a staff account. Few are, so both begin with those.
 */
function marksIn(map: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select customer_id, case when mark <> 'none' then mark end as mark
      from (select distinct on (map.customer_id) map.customer_id, said.mark
              from (select profile_id, mark, 1 as rank, at from profile_marks
                    union all
                    select i.profile_id, own.mark, 2, i.at
                      from (select kind, value, mark from own_identifiers
                            union all select 'email', email, 'staff' from staff where deactivated_at is null) as own
                      join identifiers as i on i.kind = own.kind and i.value = own.value) as said
              join ${map} as map on map.profile_id = said.profile_id
             order by map.customer_id, said.rank, said.at desc, said.mark) as chosen`
}
