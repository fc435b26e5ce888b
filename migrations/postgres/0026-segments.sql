-- Saved questions about customers. Whom they find is never stored here: it is asked anew.
create table segments (
  id integer generated always as identity primary key,
  name text not null,
  note text,
  question jsonb not null,          -- the condition tree of understand/query/contract.ts
  owner_id bigint references staff, -- who answers for it; null: nobody
  counted integer,                  -- customers found when somebody who sees all last counted
  counted_at timestamptz,           -- shop time
  made_at timestamptz not null,
  changed_at timestamptz not null,
  actor text not null,              -- who changed it last
  version integer not null default 1
);
create unique index segments_by_name on segments (lower(name));
create index segments_of_owner on segments (owner_id) where owner_id is not null;
