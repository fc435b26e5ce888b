import { type RawBuilder, sql } from 'kysely'
import { consentsTold } from './consents.ts'
import { type Import, stagingOf } from './import.ts'

/**
 * The customers of an import as they stand to what their source told before. There is no conflict here: what staff say stands on
 * a profile of its own and is shown first, whatever a file says. (`offset 0`: see told-orders.ts.)
 */
export function toldCustomers(one: Import, range?: { from: number; to: number }): RawBuilder<unknown> {
  const { persons } = stagingOf(one.id)
  const within = range ? sql`and s.seq between ${range.from}::bigint and ${range.to}::bigint` : sql``
  return sql`
    select s.seq, s.row, s.external_id, s.doc, s.told_at, s.first_at, s.hash, p.id as known_id,
           case when p.id is null then 'new'
                when told.content_hash = s.hash then 'same'
                when exists (
                  select 1 from jsonb_each(s.doc) as one
                    left join profile_values v on v.profile_id = p.id and v.field = one.key
                   where one.key not like '@%' and one.key not like '#%' and (v.field is null or (v.value <> one.value and v.origin <> 'staff'
                         and coalesce(s.told_at, 'infinity') >= v.at)))
                  or exists (
                  select 1 from jsonb_each(s.doc) as one
                   where one.key like '@%' and not exists (
                     select 1 from identifiers i where i.profile_id = p.id and one.key = '@' || i.kind || ' ' || i.scope || ' ' || i.value))
                  or exists (
                  select 1 from jsonb_array_elements_text(s.doc -> '#tags') as one(name)
                   where not exists (
                     select 1 from profile_tags said join tags t on t.id = said.tag_id
                      where said.profile_id = p.id and said.origin = 'import' and said.state = 'yes' and lower(t.name) = lower(one.name)))
                  or s.doc -> '#arrival' is not null
                  ${consentsTold(one) ? sql`or exists (select 1 from jsonb_object_keys(s.doc) as one(key) where one.key like '#consent %')` : sql``}
                then 'changed' else 'same' end as state
      from ${persons} as s
      left join lateral (
        select id from profiles where source_id = ${one.sourceId}::int and external_id = s.external_id offset 0
      ) as p on true
      left join lateral (
        select e.content_hash from import_evidence e
         where e.entity = 'profiles' and e.row_id = p.id and e.stays is null order by e.import_id desc limit 1
      ) as told on true
     where not s.anonymous ${within}`
}
