-- A row that this transaction itself made, or holds already, needs no further lock to be sure that it stays: in a batch nearly all profiles
-- are new, and its customers are held before anything is written. Each lock is a new state of the row, and a line of the log.

create or replace function check_profiles() returns trigger language plpgsql set enable_seqscan = off as $$
declare
  own constant xid := pg_current_xact_id()::xid;
  absent bigint;
begin
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

create or replace function check_customers() returns trigger language plpgsql set enable_seqscan = off as $$
declare
  own constant xid := pg_current_xact_id()::xid;
  absent bigint;
begin
  select named.id into absent
    from (select customer_id as id from told union select home_id from told where home_id is not null order by 1) as named
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

-- What a new profile's place in the map asks of profiles is read once: is it there, does anybody else write of it right now, and which
-- shops does it make its customer known to. A profile that others may be writing orders of is locked first: their order waits for
-- this map entry or is seen here.
drop trigger map_named_profiles on profile_customers;
create or replace function profiles_mapped() returns trigger language plpgsql set enable_seqscan = off as $$
declare
  own constant xid := pg_current_xact_id()::xid;
  absent bigint;
begin
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
