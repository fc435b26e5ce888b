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
