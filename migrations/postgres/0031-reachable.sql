-- Whether people may be written to, for the columns (understand/reachable): the answers of know/consent/may-contact.ts, written again for
-- whom anything has changed.

-- Profiles of whose person the answer may have changed by what stands in no row of the customer: a word, an address that came to the list.
-- Rows leave as soon as the answers are written.
create table consent_touched (
  id bigint generated always as identity primary key,
  profile_id bigint not null,       -- no foreign key: a profile that is gone has no answer to write
  xid xid8 not null default pg_current_xact_id()
);

create function consents_touch() returns trigger language plpgsql as $$
begin
  insert into consent_touched (profile_id) select distinct profile_id from told;
  return null;
end $$;
create trigger consents_touch after insert on consents
  referencing new table as told for each statement execute function consents_touch();
create trigger consents_gone_touch after delete on consents
  referencing old table as told for each statement execute function consents_touch();
create trigger consent_withdrawals_touch after insert on consent_withdrawals
  referencing new table as told for each statement execute function consents_touch();

-- How far the answers are written.
create table reachable_cursor (
  here boolean primary key default true check (here),
  epoch integer not null,           -- of the records
  made_for text not null,           -- epoch, last rebuild of the columns, version of the shop's rules: for another all are written anew
  xid xid8 not null,                -- customers changed up to here …
  id bigint not null,
  round bigint not null,            -- rises with each insert: the version of its rows
  due_at timestamptz                -- shop time: when the first answer changes by itself; null: none will
);
