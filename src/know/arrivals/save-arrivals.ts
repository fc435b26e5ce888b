import { sql } from 'kysely'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { arrivalSaid } from './facts.ts'
import { waysNamed } from './keep-ways.ts'
import { namedWays } from './way.ts'

// incoming_arrivals (profile_id bigint, way text, campaign text, at timestamptz, first_at timestamptz)

/**
 * Takes what an import tells of where people came from, from the temporary table `incoming_arrivals` of this transaction, at the profiles
 * of its source; sources that are not there yet are made. Without a day (`at`) it was when they were first heard of: by the file
 * (`first_at`), by an order, or now. What a tracker said at the same profile is replaced, and kept for an undo. Set-wise; historic.
 * @param ref of the import, as `import:3`
 */
export async function saveArrivals(ctx: Context, ref: string): Promise<void> {
  const { rows: named } = await sql<{ way: string }>`
    select distinct way from incoming_arrivals where way is not null order by way`.execute(ctx.db)
  const names = named.map(({ way }) => way)
  const known = await namedWays(ctx, names)
  const made = await waysNamed(
    ctx,
    names.filter((name) => !known.has(name)),
  )
  const ids = JSON.stringify([...known, ...made].map(([way, id]) => ({ way, id })))
  const { zone } = await merchantOf(ctx)
  const now = ctx.clock.now()
  const { label } = ctx.actor
  await sql`
    with told as (
      select i.profile_id, ways.id as way_id, i.campaign,
             least(coalesce(i.at, least(i.first_at, p.created_at, (select min(placed_at) from orders where profile_id = i.profile_id))),
                   ${now}::timestamptz) as at
        from incoming_arrivals i join profiles p on p.id = i.profile_id
        left join jsonb_to_recordset(${ids}::jsonb) as ways(way text, id int) on ways.way = i.way
    ),
    said as (
      insert into arrivals as kept (profile_id, origin, way_id, campaign, at, on_day, ref, actor, told_at)
      select profile_id, 'import', way_id, campaign, at, (at at time zone ${zone})::date, ${ref}, ${label}, ${now} from told order by profile_id
          on conflict (profile_id) do update
             set origin = 'import', way_id = excluded.way_id, campaign = excluded.campaign, referrer = null, referrer_profile_id = null,
                 at = excluded.at, on_day = excluded.on_day, ref = excluded.ref, gone = false, actor = excluded.actor,
                 told_at = excluded.told_at, xid = pg_current_xact_id(),
                 replaced = case when kept.gone then null when kept.origin = 'import' then kept.replaced
                                 else to_jsonb(kept) - '{id,profile_id,xid,gone,replaced}'::text[] end
           where kept.origin <> 'hand' and (kept.origin, kept.way_id, kept.campaign, kept.on_day, kept.gone)
                 is distinct from ('import', excluded.way_id, excluded.campaign, excluded.on_day, false)
      returning profile_id, way_id, at
    )
    insert into facts (at, kind, profile_id, subject_id, actor, historic, data)
    select at, ${arrivalSaid.kind}, profile_id, way_id, ${label}, true, '{"origin": "import", "referred": false}'::jsonb
      from said order by at`.execute(ctx.db)
}

/** Takes back what an import said of where some people came from: what a tracker had said before holds again. */
export async function withdrawArrivals(ctx: Context, ref: string, profileIds: readonly number[]): Promise<void> {
  const ids = sql`${[...profileIds]}::bigint[]`
  await sql`
    with back as (
      update arrivals kept
         set origin = coalesce(was.origin, kept.origin), way_id = case when was.origin is null then kept.way_id else was.way_id end,
             campaign = case when was.origin is null then kept.campaign else was.campaign end, referrer = was.referrer,
             at = coalesce(was.at, kept.at), on_day = coalesce(was.on_day, kept.on_day), ref = was.ref, gone = was.origin is null,
             replaced = null, actor = ${ctx.actor.label}, told_at = ${ctx.clock.now()}, xid = pg_current_xact_id()
        from arrivals own
        left join lateral jsonb_to_record(own.replaced) as was(origin text, way_id int, campaign text, referrer text, at timestamptz, on_day date, ref text)
          on own.replaced is not null
       where own.profile_id = kept.profile_id and kept.profile_id = any(${ids}) and kept.ref = ${ref}
         and kept.origin = 'import' and not kept.gone
    )
    delete from facts
     where facts.profile_id = any(${ids}) and facts.kind = ${arrivalSaid.kind} and facts.actor = ${ref} and facts.historic`.execute(
    ctx.db,
  )
}
