-- The order's way to the buyer, where people came from and what that cost, who belongs to whom, what people said of goods.

-- How far it is: know/orders/steps/settle-steps.ts makes it of order_steps, and it alone. Nothing else of the order changes with it, so
-- neither version nor xid do.
alter table orders add column step text check (step in ('shipped', 'delivered', 'received', 'returned'));
create index orders_by_step on orders (step, placed_at desc, id desc) where step is not null;

-- What is told of an order's way, in whatever order it comes. Each step once a parcel.
create table order_steps (
  id bigint generated always as identity primary key,
  order_id bigint not null references orders on delete cascade,
  step text not null check (step in ('shipped', 'delivered', 'received', 'returned')),
  at timestamptz not null,          -- when it happened
  carrier text,
  tracking text,                    -- the parcel; null: of all parcels
  source_id integer references sources, -- null: by hand
  actor text not null,
  told_at timestamptz not null,
  unique nulls not distinct (order_id, step, tracking)
);
create index order_steps_by_tracking on order_steps (lower(tracking)) where tracking is not null;

-- How people come to the shop. One with a key is a way that trackers know; its name is a message of the house until somebody names it.
create table arrival_ways (
  id integer generated always as identity primary key,
  key text unique,
  name text,
  place integer not null,
  ended_at timestamptz,             -- chosen no more
  version integer not null default 1,
  check (key is not null or name is not null)
);
create unique index arrival_ways_by_name on arrival_ways (lower(name)) where ended_at is null;
insert into arrival_ways (key, place)
select key, place from unnest(array[
  'walk_in', 'friend', 'xiaohongshu', 'douyin', 'wechat', 'tmall', 'search', 'website', 'instagram', 'facebook', 'tiktok', 'youtube',
  'email', 'exhibition', 'partner', 'other']) with ordinality as way(key, place);

-- What each profile says of where the person came from: a hand at the profile of staff, an import or a tracker at its own.
create table arrivals (
  id bigint generated always as identity,
  profile_id bigint primary key references profiles on delete cascade,
  origin text not null check (origin in ('hand', 'import', 'tracking')),
  way_id integer references arrival_ways,
  campaign text,
  referrer text,                    -- the host of the page that led here
  referrer_profile_id bigint references profiles on delete set null, -- who sent the person
  at timestamptz not null,          -- when the person came
  on_day date not null,             -- the same in the shop's zone
  ref text,                         -- `import:3`
  gone boolean not null default false, -- says nothing any more; rows stay for the columns
  actor text not null,
  told_at timestamptz not null,
  xid xid8 not null default pg_current_xact_id()
);
create index arrivals_of_way on arrivals (way_id) where not gone;
create index arrivals_of_referrer on arrivals (referrer_profile_id) where referrer_profile_id is not null;
create index arrivals_changed on arrivals (xid, id);

-- What a way cost in a month.
create table arrival_costs (
  way_id integer not null references arrival_ways on delete cascade,
  month date not null check (extract(day from month) = 1),
  amount bigint not null check (amount > 0), -- minor units
  actor text not null,
  at timestamptz not null,
  primary key (way_id, month)
);

-- Who belongs to whom: `kind` says what the other is to the first. The other way round is told of the same row.
create table relations (
  id bigint generated always as identity primary key,
  profile_id bigint not null references profiles on delete cascade,
  other_profile_id bigint not null references profiles on delete cascade,
  kind text not null check (kind in ('spouse', 'parent', 'child', 'sibling', 'relative', 'friend', 'colleague', 'referrer', 'household')),
  note text,
  at timestamptz not null,
  actor text not null,
  check (profile_id <> other_profile_id),
  unique (profile_id, other_profile_id, kind)
);
create index relations_of_other on relations (other_profile_id);

-- What people said of what they bought.
create table reviews (
  id bigint generated always as identity primary key,
  profile_id bigint not null references profiles on delete cascade,
  source_id integer references sources, -- null: by hand
  external_id text,                 -- of the review at its source
  order_id bigint references orders on delete set null,
  line integer,                     -- of the order
  product_id bigint references products,
  rating smallint not null check (rating between 1 and 5),
  words text,
  channel text,                     -- where it stands, as the shop calls it: Tmall, Xiaohongshu
  at timestamptz not null,
  answer text,                      -- what the shop said to it
  answered_at timestamptz,
  answered_by text,
  actor text not null,
  told_at timestamptz not null,
  version integer not null default 1,
  unique (source_id, external_id)
);
create index reviews_newest on reviews (at desc, id desc);
create index reviews_of_profile on reviews (profile_id, at desc);
create index reviews_of_product on reviews (product_id, at desc, id desc) where product_id is not null;
create index reviews_of_order on reviews (order_id) where order_id is not null;

-- The columns follow arrivals too. On an installation that has columns already, from their first row.
insert into projections (target, name, epoch, xid, id)
select target, 'arrivals', epoch, '0'::xid8, 0 from projections where name = 'traits';
