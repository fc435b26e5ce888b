-- A customer is the set of profiles that the map gives it. Orders, facts and events carry the profile's id, which never
-- changes; merge, undo and claim change the map alone.

create table customers (
  id bigint generated always as identity primary key,
  -- What is shown and searched: chosen from the values of the profiles (know/customers/refresh.ts), never edited directly.
  name text,
  gender text check (gender in ('female', 'male', 'other')),
  birth_calendar text check (birth_calendar in ('solar', 'lunar')),
  birth_month smallint,
  birth_day smallint,
  birth_leap boolean,               -- lunar leap month
  birth_year smallint,              -- null: not known
  phone text,                       -- E.164, the first one
  email text,
  country text,
  province text,
  city text,
  number text,                      -- member number, else the buyer's number at its source: what an unnamed person is called by
  pinyin text,                      -- Latin reading of the name, lower case without spaces: zhangwei, annsmith
  tokens text[] not null default '{}', -- Han one- and two-character pieces, readings, initials, words (search-key.ts)
  owner_id bigint,                  -- the member of staff who looks after the person
  created_at timestamptz not null default clock_timestamp(),
  version integer not null default 1,
  xid xid8 not null default pg_current_xact_id()
);
create index customers_by_name_piece on customers using gin (name gin_trgm_ops);
create index customers_by_token on customers using gin (tokens);
create index customers_by_pinyin on customers (pinyin text_pattern_ops) where pinyin is not null;
create index customers_newest on customers (created_at desc, id desc);
create index customers_changed on customers (xid, id);
create index customers_of_owner on customers (owner_id) where owner_id is not null;

-- What one source says of a person. An order without a customer has a profile of its own that the map does not hold
-- (external id `order:<number>`), so that claiming it later is a change of the map alone.
create table profiles (
  id bigint generated always as identity primary key,
  source_id integer not null references sources,
  external_id text not null,
  import_id bigint,                 -- the import that made it
  created_at timestamptz not null default clock_timestamp(),
  unique (source_id, external_id)
);
create index profiles_of_import on profiles (import_id) where import_id is not null;

create table profile_customers (
  profile_id bigint primary key references profiles on delete cascade,
  customer_id bigint not null references customers on delete cascade,
  since timestamptz not null default clock_timestamp(),
  xid xid8 not null default pg_current_xact_id()
);
create index profiles_of_customer on profile_customers (customer_id);
create index profile_customers_changed on profile_customers (xid, profile_id);

-- Each value that a source gives: who said it, how it is known, when.
create table profile_values (
  profile_id bigint not null references profiles on delete cascade,
  field text not null,
  value jsonb not null,
  origin text not null check (origin in ('stated', 'observed', 'inferred', 'staff', 'import')),
  actor text not null,
  at timestamptz not null,
  primary key (profile_id, field)
);

-- The history of values: one row a change, with what stood before.
create table profile_value_changes (
  id bigint generated always as identity primary key,
  profile_id bigint not null references profiles on delete cascade,
  field text not null,
  old jsonb,
  new jsonb,
  origin text not null,
  actor text not null,
  at timestamptz not null
);
create index value_changes_of_profile on profile_value_changes (profile_id, at desc, id desc);

create table identifiers (
  id bigint generated always as identity primary key,
  profile_id bigint not null references profiles on delete cascade,
  kind text not null check (kind in ('phone', 'email', 'member', 'buyer', 'openid', 'unionid', 'card')),
  scope text not null default '',   -- app, platform or source within which the value is unique; '' for the world
  value text not null,              -- compare form: E.164, lower-case e-mail
  raw text,                         -- as given, where it differs
  actor text not null,
  at timestamptz not null default clock_timestamp(),
  unique (profile_id, kind, scope, value)
);
create index identifiers_by_value on identifiers (kind, value text_pattern_ops, scope); -- equality and prefixes
create index identifiers_by_last_four on identifiers (right(value, 4)) where kind = 'phone';
