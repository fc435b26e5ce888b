-- The profiles that a batch makes have ids side by side. Whether all are there, and of this transaction, is read in one go along the
-- index: looked up one by one, a hundred thousand took a quarter of a second of each statement that names them. Where one is somebody
-- else's, or they lie apart, each is looked up and locked as before (0040). `except` has one plan, whatever came first.

create function are_made_profiles(ids bigint[]) returns boolean language plpgsql set enable_seqscan = off as $$
declare
  own constant xid := pg_current_xact_id()::xid;
  low bigint;
  high bigint;
begin
  if coalesce(cardinality(ids), 0) < 100 then return false; end if;
  select min(id), max(id) into low, high from unnest(ids) as id;
  if high - low >= 2 * cardinality(ids) then return false; end if;
  return not exists (select id from unnest(ids) as id
                     except
                     select id from profiles where id between low and high and xmin = own);
end $$;

create or replace function check_profiles() returns trigger language plpgsql set enable_seqscan = off as $$
declare
  own constant xid := pg_current_xact_id()::xid;
  absent bigint;
begin
  if are_made_profiles(array(select profile_id from told)) then return null; end if;
  select named.id into absent
    from (select distinct profile_id as id from told order by 1) as named
    left join lateral (select true as there from profiles p
                        where p.id = named.id and (p.xmin = own or p.xmax = own) offset 0) as ours on true
    left join lateral (select true as there from profiles p
                        where ours.there is null and p.id = named.id for key share) as held on true
   where ours.there is null and held.there is null limit 1;
  if found then
    raise foreign_key_violation using message = format('%s name profile %s, which is not there', tg_table_name, absent),
      table = tg_table_name, constraint = tg_table_name || '_profile_id';
  end if;
  return null;
end $$;

create or replace function profiles_mapped() returns trigger language plpgsql set enable_seqscan = off as $$
declare
  own constant xid := pg_current_xact_id()::xid;
  absent bigint;
begin
  if not are_made_profiles(array(select profile_id from added)) then
    select came.profile_id into absent
      from (select profile_id from added order by profile_id) as came
      left join lateral (select true as there from profiles p where p.id = came.profile_id and p.xmin = own offset 0) as ours on true
      left join lateral (select true as there from profiles p
                          where ours.there is null and p.id = came.profile_id for update) as held on true
     where ours.there is null and held.there is null limit 1;
    if found then
      raise foreign_key_violation using message = format('%s name profile %s, which is not there', tg_table_name, absent),
        table = tg_table_name, constraint = tg_table_name || '_profile_id';
    end if;
  end if;
  insert into customer_shops (customer_id, shop_id)
  select customer_id, shop_id
    from (select came.customer_id, o.shop_id
            from added as came, lateral (select shop_id from orders where profile_id = came.profile_id offset 0) as o
          union
          select came.customer_id, s.shop_id
            from added as came, lateral (select source_id from profiles where id = came.profile_id offset 0) as p
            join sources s on s.id = p.source_id and s.shop_id is not null) as known
   order by 1, 2
      on conflict (customer_id, shop_id) do update set shop_id = excluded.shop_id;
  return null;
end $$;
