-- Numbers: reports that were saved, and pages of several of them. Nobody's data: questions, names, counts.

create table reports (
  id integer generated always as identity primary key,
  name text not null,
  note text,
  asks jsonb not null,              -- metrics, question, split, period: understand/reports/contract.ts
  owner_id bigint references staff, -- who answers for it; null: nobody
  made_at timestamptz not null,     -- shop time
  changed_at timestamptz not null,
  actor text not null,              -- who changed it last
  version integer not null default 1
);
create unique index reports_by_name on reports (lower(name));
create index reports_of_owner on reports (owner_id) where owner_id is not null;

-- A page of several: what it shows, in its order.
create table dashboards (
  id integer generated always as identity primary key,
  name text not null,
  note text,
  shows jsonb not null,             -- understand/dashboards/contract.ts
  owner_id bigint references staff,
  made_at timestamptz not null,
  changed_at timestamptz not null,
  actor text not null,
  version integer not null default 1
);
create unique index dashboards_by_name on dashboards (lower(name));
create index dashboards_of_owner on dashboards (owner_id) where owner_id is not null;

-- What changed in a week of the shop, as it was told when the week was over: never counted again.
create table digests (
  week date primary key,            -- its Monday
  made_at timestamptz not null,     -- shop time
  told jsonb not null               -- understand/digest/contract.ts
);

-- Up to which week somebody has put the news away.
create table digest_readers (
  staff_id bigint primary key references staff on delete cascade,
  week date not null
);
