-- What files tell of permissions: which import said it, and words that were taken back. How the audit log lets go of what is too old.

alter table consents add column import_id bigint; -- the import that told it; no foreign key: an import that is forgotten leaves its words
create index consents_of_import on consents (import_id, id) where import_id is not null;

-- The ledger is only ever added to, so a word that was never said (its import was undone) is taken back by a row of its own: from then
-- on what stood before it speaks again.
create table consent_withdrawals (
  consent_id bigint primary key references consents,
  profile_id bigint not null references profiles, -- that of the word
  reason text not null check (reason in ('import_undone')),
  actor text not null,
  at timestamptz not null,          -- shop time
  recorded_at timestamptz not null default clock_timestamp()
);
create index consent_withdrawals_of_profile on consent_withdrawals (profile_id);
create trigger consent_withdrawals_stay before update or delete on consent_withdrawals for each row execute function refuse_consent_change();
create trigger consent_withdrawals_whole before truncate on consent_withdrawals execute function refuse_consent_change();

-- The one way out of the ledger: the person is erased, or the import that alone made the record is undone.
create or replace function forget_consents(profile_ids bigint[]) returns bigint language plpgsql as $$
declare
  gone bigint;
  more bigint;
begin
  perform set_config('regulars.forgetting', 'yes', true);
  delete from consent_withdrawals where profile_id = any(profile_ids);
  delete from consents where profile_id = any(profile_ids);
  get diagnostics gone = row_count;
  delete from consent_grants where profile_id = any(profile_ids);
  get diagnostics more = row_count;
  perform set_config('regulars.forgetting', '', true);
  delete from consent_balances where profile_id = any(profile_ids);
  return gone + more;
end $$;

-- What was let go of the audit log: everything up to a link. The next link is tied to the hash of the last one that went, and the mark under the
-- house's key says that it went by us: who holds only the database cannot cut anything off.
create table audit_cuts (
  number bigint primary key check (number > 0), -- the last link that went
  hash bytea not null,              -- its hash
  entries bigint not null,          -- how many went with it, in all cuts so far
  before timestamptz not null,      -- machine time: older ones went
  mark bytea not null,              -- HMAC over the four above and the two below
  actor text not null,
  at timestamptz not null default clock_timestamp() -- machine time
);
create trigger audit_cuts_stay before update or delete on audit_cuts for each row execute function refuse_change();
create trigger audit_cuts_whole before truncate on audit_cuts execute function refuse_change();

create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(new) -> 'shown' = 'null'
     and (to_jsonb(new) - 'shown') = (to_jsonb(old) - 'shown') then
    return new;
  end if;
  if tg_op = 'DELETE' and current_setting('regulars.cutting', true) = 'yes' then
    return old;
  end if;
  raise exception 'the audit log is only ever added to' using errcode = '42501';
end $$;

-- Takes away entries whose links a cut covers, at most so many.
create function let_audit_go(most integer) returns bigint language plpgsql as $$
declare
  gone bigint;
  ids bigint[];
begin
  perform set_config('regulars.cutting', 'yes', true);
  select array_agg(entry_id) into ids from (
    select entry_id from audit_seals where number <= (select max(number) from audit_cuts) order by number limit most) as old;
  delete from audit_seals where entry_id = any(ids);
  delete from audit_entries where id = any(ids);
  get diagnostics gone = row_count;
  perform set_config('regulars.cutting', '', true);
  return gone;
end $$;
