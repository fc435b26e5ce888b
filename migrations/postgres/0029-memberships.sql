-- Who is in each saved segment (understand/membership). The members are a bitmap in the columns, of the generation named here, with the
-- flips turned over: a customer with a flip is in if the bitmap says no, and out if it says yes. Flips, size and facts are written in
-- one transaction, so a kill loses and doubles nothing.

create sequence membership_generations;

create table segment_memberships (
  segment_id integer primary key references segments on delete cascade,
  generation bigint not null,       -- of its bitmap in the columns
  -- Marks of what it was evaluated by: the question, the day, and what else of the shop it depends on.
  asked text not null,
  dated text not null,
  measured text not null,
  as_of date not null,              -- shop day
  evaluated_at timestamptz not null, -- shop time, when it was last counted as a whole
  size integer not null
);

-- Without a reference to customers: somebody who is gone stays turned over until the next count as a whole.
create table segment_flips (
  segment_id integer not null references segment_memberships on delete cascade,
  customer_id bigint not null,
  primary key (segment_id, customer_id)
);
create index segment_flips_of_customer on segment_flips (customer_id);

-- One row a day on which anything moved. `anew`: the question was new or another, so the size of the day before is no comparison.
create table segment_sizes (
  segment_id integer not null references segments on delete cascade,
  day date not null,
  size integer not null,            -- at the end of the day, so far
  entered integer not null default 0,
  "left" integer not null default 0,
  anew boolean not null default false,
  primary key (segment_id, day)
);

-- How far the memberships have followed. `turn` fences: a transaction that finds another one than it began with writes nothing.
create table membership_keeping (
  one boolean primary key default true check (one),
  turn bigint not null default 0,
  epoch integer not null default 0, -- 0: never; in another epoch than the records' all is counted anew
  version numeric(20) not null default 0, -- of the traits; see understand/projection/position.ts
  batch bigint not null default 0,  -- of behaviour
  reached numeric(20) not null default 0 -- of the answers whether people may be written to (understand/reachable)
);
insert into membership_keeping default values;

-- Who entered and left a segment lately.
create index facts_of_memberships on facts (subject_id, id desc) where kind in ('membership.entered', 'membership.left');
