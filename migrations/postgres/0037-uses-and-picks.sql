-- What names a segment beside other segments, told by its module when it is saved: such a segment is not deleted.
create table segment_uses (
  segment_id integer not null references segments,
  kind text not null check (kind in ('report')),
  user_id integer not null,         -- which one of that kind
  name text not null,               -- as it is called, for who is told why
  primary key (segment_id, kind, user_id)
);
create index segment_uses_of_user on segment_uses (kind, user_id);

insert into segment_uses (segment_id, kind, user_id, name)
select distinct s.id, 'report', r.id, r.name
  from reports r, jsonb_path_query(r.asks, '$.where.** ? (@.is == "segment").in[*]') as named(id)
  join segments s on s.id = (named.id #>> '{}')::integer;

-- Hand-picked people of segments, each with a reason, by profile: so a merge moves them and its undo gives each its own.
create table segment_picks (
  id bigint generated always as identity,
  segment_id integer not null references segments on delete cascade,
  profile_id bigint not null references profiles on delete cascade,
  state text not null check (state in ('in', 'out', 'gone')), -- gone: not picked any more
  reason text,
  until date,                       -- the last day; null: without end
  ref text,                         -- the act on a list that picked her: `bulk:7`
  actor text not null,
  at timestamptz not null,
  xid xid8 not null default pg_current_xact_id(),
  primary key (segment_id, profile_id)
);
create index segment_picks_of_profile on segment_picks (profile_id) where state <> 'gone';
create index segment_picks_standing on segment_picks (segment_id) where state <> 'gone';
create index segment_picks_changed on segment_picks (xid, id);

-- The columns follow them. On an installation that has columns already, from their first row.
insert into projections (target, name, epoch, xid, id)
select target, 'segment_picks', epoch, '0'::xid8, 0 from projections where name = 'traits';
