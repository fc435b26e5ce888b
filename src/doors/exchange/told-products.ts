import { type RawBuilder, sql } from 'kysely'
import { type Import, stagingOf } from './import.ts'

/**
 * The products of an import as they stand to what is known. changed: something it says differs and is not older than what was told
 * last; older news only fill what is empty. conflicting: somebody edited the product since it was told last; the edit stays, unless
 * the file fills what is empty.
 * Null says nothing: `name`, `price` and `doc` hold only what would be written.
 */
export function toldProducts(one: Import, range?: { from: number; to: number }): RawBuilder<unknown> {
  const { products } = stagingOf(one.id)
  const within = range ? sql`where s.seq between ${range.from}::bigint and ${range.to}::bigint` : sql``
  return sql`
    select judged.*,
           case when known_id is null then 'new'
                when hash = told_hash then 'same'
                when name is null and price is null and doc is null then case when edited and differs then 'conflicting' else 'same' end
                else 'changed' end as state,
           case when known_id is not null and hash is distinct from told_hash and edited and differs then 'exchange.edited_since' end as reason
      from (
        select s.seq, s.row, s.code, s.kind, s.hash, s.told_at, s.said_name, s.said_price, s.known_id, s.known_version, s.known_name,
               s.known_price, s.told_hash, s.edited,
               s.said_name <> s.known_name or s.said_price <> s.known_price as differs,
               case when s.known_id is null or s.known_name is null or (s.said_name <> s.known_name and s.holds) then s.said_name end as name,
               case when s.known_id is null or s.known_price is null or (s.said_price <> s.known_price and s.holds) then s.said_price end as price,
               case when s.known_id is null then s.doc else nullif((
                 select jsonb_object_agg(key, value) from jsonb_each(s.doc)
                  where s.known_doc ->> key is null or (s.known_doc -> key <> value and s.holds)), '{}') end as doc
          from (
            select s.seq, s.row, s.code, s.kind, s.hash, s.told_at, s.doc, s.name as said_name, s.price as said_price,
                   p.id as known_id, p.version as known_version, p.name as known_name, p.price as known_price,
                   jsonb_build_object('category', p.category, 'cost', p.cost, 'stock', trim_scale(p.stock)::text, 'image', p.image) as known_doc,
                   told.content_hash as told_hash, coalesce(told.version <> p.version, p.id is not null and told.row_id is null) as edited,
                   coalesce(told.version = p.version, false) and coalesce(s.told_at >= told.told_at, true) as holds
              from ${products} as s
              left join products p on p.code = s.code
              left join lateral (
                select e.row_id, e.version, e.content_hash, max(e.told_at) over () as told_at from import_evidence e
                 where e.entity = 'products' and e.row_id = p.id order by e.import_id desc limit 1
              ) as told on true
            ${within}
          ) as s
      ) as judged`
}
