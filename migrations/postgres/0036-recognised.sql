-- Workers remember whom they recognised, so that an event of somebody known is not looked up (know/identity/recognition.ts). What that
-- rests on is taken back seldom; each time a row comes here, and they forget all. Rows, not a counter: nobody waits for the
-- other's commit. Emptied each night.
create table identity_taken_back (
  id bigint generated always as identity primary key
);

create function note_taken_back() returns trigger language plpgsql as $$
begin
  insert into identity_taken_back default values;
  return null;
end $$;

create trigger profiles_gone after delete on profiles for each statement execute function note_taken_back();
create trigger profiles_renamed after update of source_id, external_id on profiles for each statement execute function note_taken_back();
create trigger map_taken_back after delete on profile_customers for each statement execute function note_taken_back();
create trigger identifiers_gone after delete on identifiers for each statement execute function note_taken_back();
create trigger identifiers_shared after update of shared on identifiers for each statement execute function note_taken_back();
create trigger cuts_lifted after delete or update of lifted_by on identity_cuts for each statement execute function note_taken_back();
create trigger rules_changed after insert or update on settings for each row when (new.name = 'identity') execute function note_taken_back();
