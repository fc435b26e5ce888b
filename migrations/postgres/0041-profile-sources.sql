-- The source of a profile is checked once a statement, as all else that is written by thousands (0021): row by row it was two fifths of the
-- time in which a batch wrote its profiles. What it promises is the same: the same lock (key share), the same error (23503), and a
-- source that stays while a profile is of it.
alter table profiles drop constraint profiles_source_id_fkey;

create function check_sources() returns trigger language plpgsql as $$
declare
  absent integer;
begin
  select named.id into absent
    from (select distinct source_id as id from told order by 1) as named
    left join lateral (select true as there from sources where id = named.id for key share) as held on true
   where held.there is null limit 1;
  if found then
    raise foreign_key_violation using message = format('%s name source %s, which is not there', tg_table_name, absent),
      table = tg_table_name, constraint = tg_table_name || '_source_id';
  end if;
  return null;
end $$;
create trigger source_named after insert on profiles
  referencing new table as told for each statement execute function check_sources();
create trigger source_named_again after update on profiles
  referencing new table as told for each statement execute function check_sources();

create function keep_named_sources() returns trigger language plpgsql set enable_seqscan = off as $$
declare
  named integer;
begin
  select gone.id into named from gone
   where (select true from profiles where source_id = gone.id limit 1) is not null limit 1;
  if found then
    raise foreign_key_violation using message = format('profiles are of source %s', named), table = 'profiles',
      constraint = 'profiles_source_id';
  end if;
  return null;
end $$;
create trigger named_sources_stay after delete on sources
  referencing old table as gone for each statement execute function keep_named_sources();
