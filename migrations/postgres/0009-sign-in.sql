-- The second factor of sign-in, and keys for programs. Times are machine time.

alter table staff_sessions
  add column proved_at timestamptz,     -- when the password was last given in it
  add column factor_due boolean not null default false; -- must set up a second factor before anything else
update staff_sessions set proved_at = began_at;
alter table staff_sessions alter column proved_at set not null;

-- The authenticator app of a person. Secrets are sealed (platform/secrets.ts).
create table staff_factors (
  staff_id bigint primary key references staff on delete cascade,
  secret bytea,                         -- null: not set up yet
  on_since timestamptz,
  last_step bigint not null default 0,  -- of the last code used: each is good once
  pending_secret bytea,                 -- shown, and not confirmed by a code yet
  pending_at timestamptz,
  check ((secret is null) = (on_since is null)),
  check ((pending_secret is null) = (pending_at is null))
);

-- For the day the phone is lost: ten, each good once. scrypt with one salt for the ten.
create table staff_recovery_codes (
  staff_id bigint not null references staff on delete cascade,
  hash bytea not null,
  salt bytea not null,
  made_at timestamptz not null,
  used_at timestamptz,
  primary key (staff_id, hash)
);

-- The password was right, the code is awaited.
create table staff_second_steps (
  token_hash bytea primary key,         -- SHA-256 of what the sign-in page holds
  staff_id bigint not null references staff on delete cascade,
  expires_at timestamptz not null
);
create index staff_second_steps_of_staff on staff_second_steps (staff_id);

-- Keys with which programs call the API.
create table api_keys (
  id bigint generated always as identity primary key,
  name text not null,
  token_hash bytea not null unique,     -- SHA-256 of the key; the key itself is nowhere
  hint text not null,                   -- its last four characters, for people to tell keys apart
  permissions text[] not null,
  scope_shop_ids integer[],             -- null: all that the maker sees
  maker_id bigint references staff,     -- null: the command line
  made_by text not null,                -- an actor's label
  made_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,             -- to the minute
  revoked_at timestamptz,
  revoked_by text
);
create index api_keys_of_maker on api_keys (maker_id) where maker_id is not null;
