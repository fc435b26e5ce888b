-- Who did and who looked; whose customer somebody is; teams; which shops know a customer.

-- One row for each act, denial and look. Never changed, never deleted. What it shows of persons stands in `shown`, masked, and is
-- the one thing that may go when a person is erased: the chain covers all other columns, where personal values are keyed hashes.
create table audit_entries (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(), -- machine time
  actor text not null,              -- staff:12, api:4, import:3, system, nobody
  ip text,                          -- of the request; null: asked by no request
  request_id uuid,
  action text not null,             -- module.endpoint, or what a program did: customers.edit, customers.exported
  outcome text not null check (outcome in ('done', 'seen', 'refused', 'denied', 'broken')),
  object text,                      -- what kind of thing: customers, orders, staff
  object_id text,
  times integer not null default 1 check (times > 0),   -- the same within a minute, together
  rows bigint,                      -- people or rows shown or written
  reason text,                      -- of a refusal: its code; else as it was given
  data jsonb not null default '{}', -- no personal values: ids, counts, columns, keyed hashes
  shown jsonb                       -- personal values, masked; null once the person was erased
);
create index audit_of_actor on audit_entries (actor, id desc);
create index audit_of_object on audit_entries (object, object_id, id desc) where object_id is not null;
create index audit_of_action on audit_entries (action, id desc);
create index audit_by_time on audit_entries (at);

-- The chain: entries in the order in which they were sealed, each with a keyed hash over itself and the one before.
create table audit_seals (
  number bigint primary key check (number > 0), -- from 1, without gaps
  entry_id bigint not null unique references audit_entries,
  hash bytea not null,
  sealed_at timestamptz not null default clock_timestamp()
);

-- Entries that wait for their seal. Written with the entry, so that the sealer finds a late commit too.
create table audit_tail (entry_id bigint primary key references audit_entries);

create function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(new) -> 'shown' = 'null'
     and (to_jsonb(new) - 'shown') = (to_jsonb(old) - 'shown') then
    return new;
  end if;
  raise exception 'the audit log is only ever added to' using errcode = '42501';
end $$;
create trigger audit_entries_stay before update or delete on audit_entries for each row execute function refuse_change();
create trigger audit_seals_stay before update or delete on audit_seals for each row execute function refuse_change();
create trigger audit_entries_whole before truncate on audit_entries execute function refuse_change();
create trigger audit_seals_whole before truncate on audit_seals execute function refuse_change();

create function seal_later() returns trigger language plpgsql as $$
begin
  insert into audit_tail (entry_id) select id from added;
  return null;
end $$;
create trigger audit_entries_sealed_later after insert on audit_entries
  referencing new table as added for each statement execute function seal_later();

-- Teams of staff, and how far each person sees.
create table teams (
  id integer generated always as identity primary key,
  name text not null unique,
  lead_id bigint references staff,  -- a member too
  version integer not null default 1
);
create table team_members (
  team_id integer not null references teams on delete cascade,
  staff_id bigint not null references staff on delete cascade,
  primary key (team_id, staff_id)
);
create index teams_of_staff on team_members (staff_id);
create index teams_of_lead on teams (lead_id) where lead_id is not null;

-- Whose customers a person sees: all (of the shops of scope_shop_ids, where set), those that the team looks after, or the own.
alter table staff add column whose text not null default 'all' check (whose in ('all', 'team', 'own'));
alter table staff add check (whose = 'all' or scope_shop_ids is null);
alter table staff add check (role <> 'owner' or whose = 'all');
alter table staff_links add column whose text not null default 'all' check (whose in ('all', 'team', 'own'));

-- The owner of a customer, newest first by (created_at, id) as lists show them; and who it was before.
alter table customers add constraint customers_owner foreign key (owner_id) references staff;
create index customers_of_owner_newest on customers (owner_id, created_at desc, id desc) where owner_id is not null;
drop index customers_of_owner;

create table customer_owner_changes (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customers on delete cascade,
  from_id bigint references staff,  -- null: nobody
  to_id bigint references staff,
  note text,
  actor text not null,
  at timestamptz not null           -- shop time
);
create index owner_changes_of_customer on customer_owner_changes (customer_id, id desc);

-- Which shops know a customer: one of its profiles has an order there, or comes from a source of that shop. It follows the
-- records by itself, whoever writes them, set-wise: one statement for each statement. Without foreign keys: each would cost a
-- lookup and a lock on the customer's row for every pair, and a customer who goes takes the map entries along, by which the
-- pairs go too.
create table customer_shops (
  customer_id bigint not null,
  shop_id integer not null,
  primary key (customer_id, shop_id)
) with (fillfactor = 90);
create index customers_of_shop on customer_shops (shop_id, customer_id);

-- Why profiles make customers known to shops.
create function profile_shops(profile_ids bigint[]) returns table (profile_id bigint, shop_id integer) language sql stable as $$
  select o.profile_id, o.shop_id from orders o where o.profile_id = any(profile_ids)
  union
  select p.id, s.shop_id from profiles p join sources s on s.id = p.source_id
   where p.id = any(profile_ids) and s.shop_id is not null
$$;

insert into customer_shops (customer_id, shop_id)
select distinct map.customer_id, o.shop_id from orders o join profile_customers map on map.profile_id = o.profile_id
union
select map.customer_id, s.shop_id
  from profile_customers map join profiles p on p.id = map.profile_id join sources s on s.id = p.source_id
 where s.shop_id is not null;

-- An existing pair is locked by the update, so that who takes the same pair away waits and then sees the new order. Sorted, so
-- that two do not wait for each other.
create function orders_came() returns trigger language plpgsql as $$
begin
  insert into customer_shops (customer_id, shop_id)
  select distinct map.customer_id, added.shop_id
    from added join profile_customers map on map.profile_id = added.profile_id
   order by 1, 2
      on conflict (customer_id, shop_id) do update set shop_id = excluded.shop_id;
  return null;
end $$;
create trigger orders_came after insert on orders
  referencing new table as added for each statement execute function orders_came();

-- A profile that others may be writing orders of right now is locked first: their order waits for this map entry or is seen here.
create function profiles_mapped() returns trigger language plpgsql as $$
begin
  perform from profiles p join added on added.profile_id = p.id
    where p.xmin <> pg_current_xact_id()::xid order by p.id for update of p;
  insert into customer_shops (customer_id, shop_id)
  select distinct added.customer_id, known.shop_id
    from added
    join profile_shops(array(select profile_id from added)) as known on known.profile_id = added.profile_id
   order by 1, 2
      on conflict (customer_id, shop_id) do update set shop_id = excluded.shop_id;
  return null;
end $$;
create trigger profiles_mapped after insert on profile_customers
  referencing new table as added for each statement execute function profiles_mapped();

-- Takes away pairs that nothing speaks for any more. Locked first, then judged by a fresh look.
create function forget_shops(customer_ids bigint[]) returns void language plpgsql as $$
begin
  perform from customer_shops c where c.customer_id = any(customer_ids) order by c.customer_id, c.shop_id for update;
  delete from customer_shops c
   where c.customer_id = any(customer_ids)
     and not exists (select from profile_customers map join orders o on o.profile_id = map.profile_id
                      where map.customer_id = c.customer_id and o.shop_id = c.shop_id)
     and not exists (select from profile_customers map join profiles p on p.id = map.profile_id join sources s on s.id = p.source_id
                      where map.customer_id = c.customer_id and s.shop_id = c.shop_id);
end $$;

create function orders_went() returns trigger language plpgsql as $$
begin
  perform forget_shops(array(select distinct map.customer_id from gone join profile_customers map on map.profile_id = gone.profile_id));
  return null;
end $$;
create trigger orders_went after delete on orders
  referencing old table as gone for each statement execute function orders_went();

create function profiles_unmapped() returns trigger language plpgsql as $$
begin
  perform forget_shops(array(select distinct customer_id from gone));
  return null;
end $$;
create trigger profiles_unmapped after delete on profile_customers
  referencing old table as gone for each statement execute function profiles_unmapped();

-- An order or a profile that moves is rare, and done row by row.
create function order_moved() returns trigger language plpgsql as $$
begin
  insert into customer_shops (customer_id, shop_id)
  select map.customer_id, new.shop_id from profile_customers map where map.profile_id = new.profile_id
      on conflict (customer_id, shop_id) do update set shop_id = excluded.shop_id;
  perform forget_shops(array(select map.customer_id from profile_customers map where map.profile_id in (old.profile_id, new.profile_id)));
  return null;
end $$;
create trigger order_moved after update of shop_id, profile_id on orders for each row
  when (old.shop_id <> new.shop_id or old.profile_id <> new.profile_id) execute function order_moved();

create function profile_moved() returns trigger language plpgsql as $$
begin
  perform from profiles where id = new.profile_id for update;
  insert into customer_shops (customer_id, shop_id)
  select new.customer_id, known.shop_id from profile_shops(array[new.profile_id]) as known order by known.shop_id
      on conflict (customer_id, shop_id) do update set shop_id = excluded.shop_id;
  perform forget_shops(array[old.customer_id]);
  return null;
end $$;
create trigger profile_moved after update of customer_id on profile_customers for each row
  when (old.customer_id <> new.customer_id) execute function profile_moved();
