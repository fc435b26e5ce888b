-- Triggers that see whole statements keep their plans as long as a connection lives. One that was planned for ten thousand rows read the
-- whole of profiles, and went on doing so for every single row that came later on that connection (a single customer: 55 ms at
-- 100,000 customers); one planned for a single row joined ten thousand each with each. Here each row of a statement looks up what it
-- needs by index, whatever came first: `lateral` with a lock, a union or `offset 0` is never planned otherwise, and without
-- sequential scans a table that was empty at the time is read by its index too.

create or replace function profiles_mapped() returns trigger language plpgsql set enable_seqscan = off as $$
begin
  perform from (select profile_id from added order by profile_id) as came,
               lateral (select from profiles p where p.id = came.profile_id and p.xmin <> pg_current_xact_id()::xid for update) as held;
  insert into customer_shops (customer_id, shop_id)
  select distinct came.customer_id, known.shop_id
    from added as came,
         lateral (select o.shop_id from orders o where o.profile_id = came.profile_id
                  union
                  select s.shop_id from profiles p join sources s on s.id = p.source_id
                   where p.id = came.profile_id and s.shop_id is not null) as known
   order by 1, 2
      on conflict (customer_id, shop_id) do update set shop_id = excluded.shop_id;
  return null;
end $$;

create or replace function forget_shops(customer_ids bigint[]) returns void language plpgsql set enable_seqscan = off as $$
begin
  perform from customer_shops c where c.customer_id = any(customer_ids) order by c.customer_id, c.shop_id for update;
  delete from customer_shops c
   where c.customer_id = any(customer_ids)
     and (select true from profile_customers map join orders o on o.profile_id = map.profile_id
           where map.customer_id = c.customer_id and o.shop_id = c.shop_id limit 1) is null
     and (select true from profile_customers map join profiles p on p.id = map.profile_id join sources s on s.id = p.source_id
           where map.customer_id = c.customer_id and s.shop_id = c.shop_id limit 1) is null;
end $$;

-- Profiles move by thousands where a batch ties customers, so set-wise too. (A trigger of a column sees no statement.)
drop trigger profile_moved on profile_customers;
drop function profile_moved();
drop function profile_shops(bigint[]);
create function profiles_moved() returns trigger language plpgsql set enable_seqscan = off as $$
declare
  moved bigint[];
  left_ids bigint[];
begin
  select array_agg(profile_id order by profile_id), array_agg(distinct was) into moved, left_ids
    from (select profile_id, min(customer_id) filter (where earlier) as was, min(customer_id) filter (where not earlier) as becomes
            from (select profile_id, customer_id, true as earlier from gone union all
                  select profile_id, customer_id, false from came) as both_times
           group by profile_id) as one
   where was <> becomes;
  if moved is null then return null; end if;
  perform from unnest(moved) as one(id), lateral (select from profiles p where p.id = one.id for update) as held;
  insert into customer_shops (customer_id, shop_id)
  select distinct map.customer_id, known.shop_id
    from unnest(moved) as one(id),
         lateral (select customer_id from profile_customers where profile_id = one.id offset 0) as map,
         lateral (select o.shop_id from orders o where o.profile_id = one.id
                  union
                  select s.shop_id from profiles p join sources s on s.id = p.source_id
                   where p.id = one.id and s.shop_id is not null) as known
   order by 1, 2
      on conflict (customer_id, shop_id) do update set shop_id = excluded.shop_id;
  perform forget_shops(left_ids);
  return null;
end $$;
create trigger profile_moved after update on profile_customers
  referencing old table as gone new table as came for each statement execute function profiles_moved();

-- What profiles say and whose they are is checked once for all rows of a statement, as the lines of orders are since 0013: row by row
-- these keys were a third of the time of a batch. What they promise is the same: the same locks (key share), the same error (23503),
-- what goes with its profile or customer. A profile's rows never become another's.
alter table identifiers drop constraint identifiers_profile_id_fkey;
alter table profile_values drop constraint profile_values_profile_id_fkey;
alter table profile_value_changes drop constraint profile_value_changes_profile_id_fkey;
alter table profile_customers drop constraint profile_customers_profile_id_fkey;
alter table profile_customers drop constraint profile_customers_customer_id_fkey;
alter table profile_customers drop constraint profile_customers_home_id_fkey;

create function check_profiles() returns trigger language plpgsql set enable_seqscan = off as $$
declare
  absent bigint;
begin
  select named.id into absent
    from (select distinct profile_id as id from told order by 1) as named
    left join lateral (select true as there from profiles where id = named.id for key share) as held on true
   where held.there is null limit 1;
  if found then
    raise foreign_key_violation using message = format('%s name profile %s, which is not there', tg_table_name, absent),
      table = tg_table_name, constraint = tg_table_name || '_profile_id';
  end if;
  return null;
end $$;
create trigger identifiers_named after insert on identifiers
  referencing new table as told for each statement execute function check_profiles();
create trigger values_named after insert on profile_values
  referencing new table as told for each statement execute function check_profiles();
create trigger changes_named after insert on profile_value_changes
  referencing new table as told for each statement execute function check_profiles();
create trigger map_named_profiles after insert on profile_customers
  referencing new table as told for each statement execute function check_profiles();

create function check_customers() returns trigger language plpgsql set enable_seqscan = off as $$
declare
  absent bigint;
begin
  select named.id into absent
    from (select customer_id as id from told union select home_id from told where home_id is not null order by 1) as named
    left join lateral (select true as there from customers where id = named.id for key share) as held on true
   where held.there is null limit 1;
  if found then
    raise foreign_key_violation using message = format('%s name customer %s, which is not there', tg_table_name, absent),
      table = tg_table_name, constraint = tg_table_name || '_customer_id';
  end if;
  return null;
end $$;
create trigger map_named after insert on profile_customers
  referencing new table as told for each statement execute function check_customers();
create trigger map_named_again after update on profile_customers
  referencing new table as told for each statement execute function check_customers();

create function refuse_moving() returns trigger language plpgsql as $$
begin
  raise exception 'a row of % never becomes another profile''s', tg_table_name using errcode = '42501';
end $$;
create trigger identifiers_stay before update of profile_id on identifiers
  for each row when (old.profile_id <> new.profile_id) execute function refuse_moving();
create trigger values_stay before update of profile_id on profile_values
  for each row when (old.profile_id <> new.profile_id) execute function refuse_moving();
create trigger changes_stay before update of profile_id on profile_value_changes
  for each row when (old.profile_id <> new.profile_id) execute function refuse_moving();
create trigger map_stays before update of profile_id on profile_customers
  for each row when (old.profile_id <> new.profile_id) execute function refuse_moving();

create function profiles_went() returns trigger language plpgsql set enable_seqscan = off as $$
declare
  ids constant bigint[] := array(select id from gone);
begin
  delete from identifiers where profile_id = any(ids);
  delete from profile_values where profile_id = any(ids);
  delete from profile_value_changes where profile_id = any(ids);
  delete from profile_customers where profile_id = any(ids);
  return null;
end $$;
create trigger profiles_went after delete on profiles
  referencing old table as gone for each statement execute function profiles_went();

create function customers_went() returns trigger language plpgsql set enable_seqscan = off as $$
declare
  ids constant bigint[] := array(select id from gone);
begin
  delete from profile_customers where customer_id = any(ids);
  update profile_customers set home_id = null where home_id = any(ids);
  return null;
end $$;
create trigger customers_went after delete on customers
  referencing old table as gone for each statement execute function customers_went();

-- What identity proposes waits in the queue of duplicates with its reason, until somebody decides: as the two stand today, unless
-- somebody said that they are two.
alter table duplicate_suggestions add column proposed jsonb; -- [{kind, why}]; null: found by likeness alone

create function suggest_proposed(pairs jsonb) returns void language sql as $$
  insert into duplicate_suggestions as kept (one_id, other_id, probability, reasons, proposed, found_at, scan_id)
  select one_id, other_id, 0.5, '[]', jsonb_agg(jsonb_build_object('kind', kind, 'why', why) order by kind, why), min(at), 0
    from (select distinct on (least(a.node, b.node), greatest(a.node, b.node), kind)
                 least(a.node, b.node) as one_id, greatest(a.node, b.node) as other_id, kind, why, at
            from jsonb_to_recordset(pairs) as pair(one_id bigint, other_id bigint, kind text, why text, at timestamptz),
                 lateral (select coalesce(merged_into, id) as node from customers where id = pair.one_id) as a,
                 lateral (select coalesce(merged_into, id) as node from customers where id = pair.other_id) as b
           where a.node <> b.node
             and not exists (select from customers one
                               join identity_cuts cut on cut.one_id = one.id or cut.other_id = one.id
                               join customers other on other.id = cut.one_id + cut.other_id - one.id
                              where (one.id = a.node or one.merged_into = a.node) and cut.lifted_by is null
                                and coalesce(other.merged_into, other.id) = b.node)
           order by least(a.node, b.node), greatest(a.node, b.node), kind, at) as proposed
   group by one_id, other_id
      on conflict (one_id, other_id) do update
         set proposed = (select jsonb_agg(distinct one)
                           from jsonb_array_elements(coalesce(kept.proposed, '[]') || excluded.proposed) as one)
       where kept.state = 'open'
$$;
create function proposals_came() returns trigger language plpgsql as $$
begin
  perform suggest_proposed((select jsonb_agg(to_jsonb(came)) from came));
  return null;
end $$;
create trigger proposals_came after insert on identity_proposals
  referencing new table as came for each statement execute function proposals_came();

select suggest_proposed(coalesce((select jsonb_agg(to_jsonb(p)) from identity_proposals p), '[]'));
