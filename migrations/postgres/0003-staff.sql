-- The people who work here: their accounts, sessions and one-time links. Times are machine time.

create table staff (
  id bigint generated always as identity primary key,
  name text not null,
  email text not null unique check (email = lower(email)),
  role text not null check (role in ('owner', 'admin', 'marketer', 'assistant', 'analyst')),
  locale text not null check (locale in ('en', 'zh-CN', 'zh-TW')),
  scope_shop_ids integer[],         -- null: all shops
  password_hash text not null,      -- scrypt$log2 N$r$p$salt$hash
  password_changed_at timestamptz not null,
  joined_at timestamptz not null,
  deactivated_at timestamptz,
  version integer not null default 1,
  check (role <> 'owner' or scope_shop_ids is null)
);

create table staff_sessions (
  id bigint generated always as identity primary key,
  staff_id bigint not null references staff on delete cascade,
  token_hash bytea not null unique, -- SHA-256 of the cookie's random token; the token itself is nowhere
  began_at timestamptz not null,
  last_seen_at timestamptz not null, -- to the minute
  ip text not null,                 -- at sign-in
  user_agent text not null
);
create index staff_sessions_of_staff on staff_sessions (staff_id, last_seen_at desc);

-- Links to hand over, each good for one use: to join, to choose a new password, to set up the house.
create table staff_links (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('invite', 'reset', 'set_up')),
  token_hash bytea not null unique,
  staff_id bigint references staff on delete cascade, -- of a reset
  name text,                        -- of an invite, as are the next three
  email text check (email = lower(email)),
  role text check (role in ('owner', 'admin', 'marketer', 'assistant', 'analyst')),
  scope_shop_ids integer[],
  created_by text not null,         -- an actor's label
  created_at timestamptz not null,
  expires_at timestamptz,           -- null: a set-up link, which ends when the house is set up
  used_at timestamptz
);
create index staff_links_of_staff on staff_links (staff_id) where staff_id is not null;
create index staff_links_of_email on staff_links (email) where email is not null and used_at is null;

-- Wrong passwords in a row, by account and kind of address; see know/staff/slow-down.ts.
create table staff_failures (
  key bytea primary key,            -- SHA-256
  failures integer not null,
  last_at timestamptz not null
);
create index staff_failures_by_age on staff_failures (last_at);
