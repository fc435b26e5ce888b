-- What the people of the shop keep of a person: talks and what was promised in them, tags, fields of the shop's own, manners.
-- Every row hangs at a profile (staff's own: know/customers/staff-profile.ts), so a merge and its
-- undo, which change the map alone, move nothing here; what must be one a customer is computed from the rows of its profiles.

-- A talk is told once; a slip is told right in its own row, `version` says how often.
create table talks (
  id bigint generated always as identity primary key,
  profile_id bigint not null references profiles on delete cascade,
  kind text not null check (kind in ('visit', 'call', 'wechat', 'chat', 'message', 'email', 'other')),
  at timestamptz not null,
  day date not null,                -- of `at`, in the shop's zone
  said text,
  problem text,                     -- what troubles the person, as heard
  staff_id bigint references staff, -- who talked
  actor text not null,
  version integer not null default 1
);
create index talks_of_profile on talks (profile_id, at desc, id desc);

-- What is to be done for a person by a day: the next talk, a thing promised, a value to confirm. Open until closed.
create table promises (
  id bigint generated always as identity primary key,
  profile_id bigint not null references profiles on delete cascade,
  talk_id bigint references talks on delete set null,
  kind text not null check (kind in ('talk', 'promise', 'confirm')),
  what text,                        -- in words; of `confirm` the field
  due_on date not null,
  staff_id bigint references staff, -- whose it is; null: whoever looks after the person
  made_at timestamptz not null,
  closed_at timestamptz,
  kept boolean,                     -- closed: done, or let go
  closed_by text,
  actor text not null,
  version integer not null default 1
);
create index promises_due on promises (due_on, id) where closed_at is null;
create index promises_due_of_staff on promises (staff_id, due_on, id) where closed_at is null;
create index promises_of_profile on promises (profile_id) where closed_at is null;
create index promises_of_talk on promises (talk_id);

-- The last talk and the next one of a profile, for lists. Kept by the triggers below, set-wise, in the transaction of the change.
create table profile_talks (
  profile_id bigint primary key references profiles on delete cascade,
  last_on date,
  next_on date,
  xid xid8 not null default pg_current_xact_id()
);
create index profile_talks_changed on profile_talks (xid, profile_id);

create function sum_talks(ids bigint[]) returns void language sql as $$
  insert into profile_talks as kept (profile_id, last_on, next_on)
  select p.id, (select t.day from talks t where t.profile_id = p.id order by t.at desc, t.id desc limit 1),
         (select min(due_on) from promises where profile_id = p.id and kind = 'talk' and closed_at is null)
    from profiles p where p.id = any(ids) order by p.id
      on conflict (profile_id) do update
         set last_on = excluded.last_on, next_on = excluded.next_on, xid = pg_current_xact_id()
       where (kept.last_on, kept.next_on) is distinct from (excluded.last_on, excluded.next_on)
$$;
create function talks_came() returns trigger language plpgsql as $$
begin
  perform sum_talks(array(select distinct profile_id from came));
  return null;
end $$;
create trigger talks_came after insert on talks
  referencing new table as came for each statement execute function talks_came();
create trigger talks_changed after update on talks
  referencing new table as came for each statement execute function talks_came();
create trigger talks_went after delete on talks
  referencing old table as came for each statement execute function talks_came();
create trigger promises_came after insert on promises
  referencing new table as came for each statement execute function talks_came();
create trigger promises_changed after update on promises
  referencing new table as came for each statement execute function talks_came();
create trigger promises_went after delete on promises
  referencing old table as came for each statement execute function talks_came();

-- A tag that was merged into another stands for that one; its rows stay, so that the merge can be taken back.
create table tags (
  id integer generated always as identity primary key,
  name text not null,
  colour text not null default 'grey' check (colour in ('grey', 'green', 'blue', 'violet', 'red', 'orange', 'yellow')),
  note text,
  merged_into integer references tags,
  made_at timestamptz not null,
  actor text not null,
  version integer not null default 1
);
create unique index tags_by_name on tags (lower(name)) where merged_into is null;
create index tags_merged on tags (merged_into) where merged_into is not null;

-- What each origin says of a tag on a profile. `yes`: has it. `no`: has it not, whatever others say (a rule's tag taken away by
-- hand). `gone`: says nothing any more; rows stay for the columns. know/tags/tag.ts decides what that makes for the person.
create table profile_tags (
  id bigint generated always as identity,
  profile_id bigint not null references profiles on delete cascade,
  tag_id integer not null references tags,
  origin text not null check (origin in ('hand', 'rule', 'import', 'model')),
  state text not null check (state in ('yes', 'no', 'gone')),
  reason text,
  until date,                       -- the last day; null: without end
  ref text,                         -- what of that origin: `import:3`, a rule's name
  actor text not null,
  at timestamptz not null,
  xid xid8 not null default pg_current_xact_id(),
  primary key (profile_id, tag_id, origin)
);
create index profile_tags_of_tag on profile_tags (tag_id) where state <> 'gone';
create index profile_tags_changed on profile_tags (xid, id);

-- Fields of the shop's own. Their values are profile_values of the field `own.<id>`.
create table own_fields (
  id integer generated always as identity primary key,
  name text not null,
  kind text not null check (kind in ('text', 'number', 'money', 'day', 'yesno', 'choice', 'choices', 'link')),
  choices jsonb not null default '[]', -- of choice and choices: [{id, name}], in their order
  last_choice integer not null default 0, -- numbers of choices never come again
  sensitive boolean not null default false,
  place integer not null,           -- order on the page
  actor text not null,
  version integer not null default 1
);
create unique index own_fields_by_name on own_fields (lower(name));

-- The values of own fields, again, for the columns: they find people by them. Kept by triggers on profile_values, which cost
-- other fields nothing.
create table own_values (
  id bigint generated always as identity,
  profile_id bigint not null references profiles on delete cascade,
  field_id integer not null,
  value jsonb,                      -- null: nothing said any more
  rank smallint not null,           -- of its origin, as know/customers/refresh.ts
  at timestamptz not null,
  xid xid8 not null default pg_current_xact_id(),
  primary key (profile_id, field_id)
);
create index own_values_changed on own_values (xid, id);
create index own_values_of_field on own_values (field_id) where value is not null;

create function own_value_said() returns trigger language plpgsql as $$
begin
  insert into own_values (profile_id, field_id, value, rank, at)
  values (new.profile_id, substr(new.field, 5)::int, new.value,
          array_position(array['staff', 'stated', 'import', 'observed', 'inferred'], new.origin), new.at)
      on conflict (profile_id, field_id) do update
         set value = excluded.value, rank = excluded.rank, at = excluded.at, xid = pg_current_xact_id();
  return null;
end $$;
create function own_value_unsaid() returns trigger language plpgsql as $$
begin
  update own_values set value = null, xid = pg_current_xact_id()
   where profile_id = old.profile_id and field_id = substr(old.field, 5)::int;
  return null;
end $$;
create trigger own_value_said after insert or update on profile_values
  for each row when (new.field like 'own.%') execute function own_value_said();
create trigger own_value_unsaid after delete on profile_values
  for each row when (old.field like 'own.%') execute function own_value_unsaid();

-- How one person wants to be met. Outranks automation (know/manners/manner.ts).
create table manners (
  id bigint generated always as identity primary key,
  profile_id bigint not null references profiles on delete cascade,
  rule text not null check (rule in ('never', 'only', 'ask', 'mind')),
  channel text check (channel in ('phone', 'sms', 'wechat', 'email', 'visit', 'post')), -- null: whatever way
  from_minute smallint check (from_minute between 0 and 1439), -- `only`: of the day, in the shop's zone
  to_minute smallint check (to_minute between 0 and 1439),     -- not included; below from_minute: over midnight
  weekdays smallint[],              -- `only`: 1 Monday to 7 Sunday; null: all
  ask_id bigint references staff,   -- `ask`: whom
  words text,                       -- `mind`: what not to say or do
  reason text,
  staff_id bigint references staff, -- who answers for it
  until date,                       -- the last day; null: without end
  made_at timestamptz not null,
  actor text not null,
  ended_at timestamptz,
  ended_by text,
  version integer not null default 1
);
create index manners_of_profile on manners (profile_id) where ended_at is null;

-- The columns follow these too. On an installation that has columns already, from their first row.
insert into projections (target, name, epoch, xid, id)
select kept.target, added.name, kept.epoch, '0'::xid8, 0
  from projections as kept, unnest(array['profile_talks', 'profile_tags', 'own_values']) as added(name)
 where kept.name = 'traits';
