-- Lifecycle and value in depth.

-- Thresholds of their own for goods of a category or a brand; for all others the shop's hold (settings, `lifecycle`).
create table stage_thresholds (
  id integer generated always as identity primary key,
  category text,
  brand_id integer references brands on delete cascade,
  active integer not null check (active between 1 and 3650),
  silent integer not null check (silent between 1 and 3650),
  sleeping integer not null check (sleeping between 1 and 3650),
  version integer not null default 1,
  actor text not null,
  at timestamptz not null,
  check (num_nonnulls(category, brand_id) = 1),
  check (active < silent and silent < sleeping),
  unique nulls not distinct (category, brand_id)
);

-- States of a customer's life that the shop itself declares, as *VIP candidate*.
create table states (
  id integer generated always as identity primary key,
  name text not null,
  means text,                       -- what it is for, in the shop's words
  begins boolean not null,          -- may be given to who has none
  ends boolean not null,            -- may be left for none
  place integer not null,
  ended_at timestamptz,             -- given no more; who has it keeps it until moved
  version integer not null default 1
);
create unique index states_by_name on states (lower(name)) where ended_at is null;

-- Where one may go from a state.
create table state_ways (
  from_id integer not null references states on delete cascade,
  to_id integer not null references states on delete cascade,
  primary key (from_id, to_id),
  check (from_id <> to_id)
);
create index state_ways_to on state_ways (to_id);

-- Who was moved where, when, by whom and why, on the profile of staff; the last move of a person's profiles holds. Null: no state.
create table state_moves (
  id bigint generated always as identity primary key,
  profile_id bigint not null references profiles on delete cascade,
  from_id integer references states,
  to_id integer references states,
  why text not null,
  actor text not null,
  at timestamptz not null
);
create index state_moves_of_profile on state_moves (profile_id, id desc);
create index state_moves_from on state_moves (from_id);
create index state_moves_into on state_moves (to_id, id desc);

-- Habits that drifted between a half year and the next, each told once.
create table habit_drifts (
  id bigint generated always as identity primary key,
  profile_id bigint not null references profiles on delete cascade, -- the customer's oldest
  habit text not null check (habit in ('goods', 'price', 'shop', 'hour', 'discount')),
  before jsonb not null,            -- {name, value}
  after jsonb not null,
  before_purchases integer not null,
  after_purchases integer not null,
  noticed_on date not null
);
create index habit_drifts_of_profile on habit_drifts (profile_id, habit, noticed_on);
create index habit_drifts_newest on habit_drifts (id desc) include (noticed_on);

-- Days on which all were looked at; before the first, whatever is found is history.
create table habit_looks (on_day date primary key);
