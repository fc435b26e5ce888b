-- How far each order came and when, as know/orders/steps/settle-steps.ts makes it of order_steps, and it alone. A row of its own, so that the
-- columns follow the way without reading the order and its lines again. An order of which no step is told any more keeps its row, without a step.
create table order_ways (
  order_id bigint primary key references orders on delete cascade,
  profile_id bigint not null references profiles on delete cascade,
  step text check (step in ('shipped', 'delivered', 'received', 'returned')),
  shipped_at timestamptz,           -- the first parcel
  delivered_at timestamptz,         -- the last one; null: not all are there
  received_at timestamptz,          -- the last one, as the buyer says; null: not all are
  xid xid8 not null default pg_current_xact_id()
);
create index order_ways_changed on order_ways (xid, order_id);
create index order_ways_of_profile on order_ways (profile_id);

insert into order_ways (order_id, profile_id, step, shipped_at, delivered_at, received_at)
select o.id, o.profile_id, o.step, way.shipped_at,
       case when o.step in ('delivered', 'received') then coalesce(way.delivered_at, way.received_at) end,
       case when o.step = 'received' then way.received_at end
  from orders o
  join (select s.order_id, min(s.at) filter (where s.step = 'shipped') as shipped_at, max(s.at) filter (where s.step = 'delivered') as delivered_at,
               max(s.at) filter (where s.step = 'received') as received_at
          from order_steps s
          left join (select order_id, tracking, max(at) as at from order_steps where step = 'returned' group by order_id, tracking) back
            on back.order_id = s.order_id and (back.tracking is null or back.tracking = s.tracking or s.tracking is null)
         where s.step <> 'returned' and (back.at is null or s.at > back.at)
         group by s.order_id) way on way.order_id = o.id;

-- Reviews are followed by the columns too; and an import that told one is known to it.
alter table reviews add column xid xid8 not null default pg_current_xact_id();
create index reviews_changed on reviews (xid, id);
alter table reviews add column imports bigint[]; -- on which it rests; null: it was told otherwise too, and outlives them
create index reviews_of_import on reviews using gin (imports) where imports is not null;

insert into projections (target, name, epoch, xid, id)
select projections.target, added.name, projections.epoch, '0'::xid8, 0 from projections, unnest(array['order_ways', 'reviews']) as added(name)
 where projections.name = 'traits';
