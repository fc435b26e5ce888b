-- What a batch's keys ask is read along an index once, where it was a search from the root for each row: whether all customers that the map
-- names are this transaction's own or held by it already (all are, in a batch), and whether its new profiles have orders (none has).
-- Whoever is not ours is looked up and locked one by one, in the order of their ids, as before.

create or replace function are_made_profiles(ids bigint[]) returns boolean language plpgsql set enable_seqscan = off as $$
declare
  own constant xid := pg_current_xact_id()::xid;
  low bigint;
  high bigint;
begin
  if coalesce(cardinality(ids), 0) < 100 then return false; end if;
  select min(id), max(id) into low, high from unnest(ids) as id;
  if high - low >= 2 * cardinality(ids) then return false; end if;
  if (select count(*) from profiles where id between low and high and xmin = own) = high - low + 1 then return true; end if;
  return not exists (select id from unnest(ids) as id
                     except
                     select id from profiles where id between low and high and xmin = own);
end $$;

create or replace function check_customers() returns trigger language plpgsql set enable_seqscan = off as $$
declare
  own constant xid := pg_current_xact_id()::xid;
  ids bigint[] := array(select customer_id from told union select home_id from told where home_id is not null);
  absent bigint;
begin
  if cardinality(ids) >= 100 then
    ids := array(select id from unnest(ids) as id
                 except
                 select id from customers where id = any(ids) and (xmin = own or xmax = own));
  end if;
  select named.id into absent
    from (select id from unnest(ids) as id order by 1) as named
    left join lateral (select true as there from customers c
                        where c.id = named.id and (c.xmin = own or c.xmax = own) offset 0) as ours on true
    left join lateral (select true as there from customers c
                        where ours.there is null and c.id = named.id for key share) as held on true
   where ours.there is null and held.there is null limit 1;
  if found then
    raise foreign_key_violation using message = format('%s name customer %s, which is not there', tg_table_name, absent),
      table = tg_table_name, constraint = tg_table_name || '_customer_id';
  end if;
  return null;
end $$;

create or replace function profiles_mapped() returns trigger language plpgsql set enable_seqscan = off as $$
declare
  own constant xid := pg_current_xact_id()::xid;
  ids constant bigint[] := array(select profile_id from added);
  made constant boolean := are_made_profiles(ids);
  absent bigint;
begin
  if not made then
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
  if made and not exists (select from orders where profile_id between (select min(id) from unnest(ids) as id)
                                                                and (select max(id) from unnest(ids) as id)) then
    insert into customer_shops (customer_id, shop_id)
    select distinct came.customer_id, s.shop_id
      from added as came, lateral (select source_id from profiles where id = came.profile_id offset 0) as p
      join sources s on s.id = p.source_id and s.shop_id is not null
     order by 1, 2
        on conflict (customer_id, shop_id) do update set shop_id = excluded.shop_id;
    return null;
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
