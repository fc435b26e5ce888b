-- Who is the same person. A customer's row is a node; live edges tie nodes together, and the profiles of all nodes that hang
-- together stand at one of them, the survivor. Merge writes edges, undo takes them back; both then derive `customers.merged_into`
-- and `profile_customers.customer_id` anew from the live edges (know/identity/rebuild-groups.ts). Nothing is copied or deleted.

alter table identifiers drop constraint identifiers_kind_check;
alter table identifiers add constraint identifiers_kind_check check (kind in (
  'phone', 'email', 'openid', 'unionid', 'external_userid', 'buyer', 'member', 'card', 'receipt', 'anonymous'));
-- Said by staff, of the value: a family's phone, an office's address. On all rows of that value alike.
alter table identifiers add column shared boolean not null default false;

alter table customers
  add column merged_into bigint references customers,  -- the survivor, never a chain; null: itself. Its profiles are there
  -- Whose owner this is, where a customer merged into this one lent it; itself: nobody, and decided so.
  add column owner_from bigint,
  add column mark text check (mark in ('staff', 'test')); -- left out of numbers; chosen by refresh.ts
create index customers_merged on customers (merged_into) where merged_into is not null;
create index customers_marked on customers (mark, id) where mark is not null;

-- The node that a profile belongs to, where it is not the survivor: what undo gives it back to.
alter table profile_customers add column home_id bigint references customers on delete set null;
create index profiles_at_home on profile_customers (home_id) where home_id is not null;

create table identity_merges (
  id bigint generated always as identity primary key,
  evidence text not null check (evidence in ('staff', 'suggestion', 'identifier')),
  kind text,                        -- of the identifier
  profile_id bigint references profiles on delete set null, -- that brought the identifier
  reason text,
  actor text not null,
  at timestamptz not null,          -- shop time
  undone_at timestamptz,
  undone_by text
);
create index identity_merges_by_profile on identity_merges (profile_id) where profile_id is not null;

-- Read in the order of (merge, from): the survivor of two groups is that of the group of `into_id`.
create table identity_edges (
  merge_id bigint not null references identity_merges on delete cascade,
  into_id bigint not null references customers on delete cascade,
  from_id bigint not null references customers on delete cascade,
  live boolean not null default true,
  primary key (merge_id, from_id)
);
create index identity_edges_into on identity_edges (into_id);
create index identity_edges_from on identity_edges (from_id);

-- "Not the same": no identifier ties the two nodes again. A merge by staff lifts it while that stands.
create table identity_cuts (
  id bigint generated always as identity primary key,
  one_id bigint not null references customers on delete cascade,
  other_id bigint not null references customers on delete cascade,
  actor text not null,
  at timestamptz not null,
  lifted_by bigint references identity_merges on delete set null,
  check (one_id < other_id),
  unique (one_id, other_id)
);
create index identity_cuts_of_other on identity_cuts (other_id);

-- Two nodes that may be the same person, by evidence too weak or contradicted. The queue of suggestions reads it.
create table identity_proposals (
  one_id bigint not null references customers on delete cascade,
  other_id bigint not null references customers on delete cascade,
  kind text not null,               -- of the identifier they have in common
  why text not null check (why in ('weak', 'crowded', 'contradicted', 'apart')),
  at timestamptz not null,
  primary key (one_id, other_id, kind),
  check (one_id < other_id)
);
create index identity_proposals_of_other on identity_proposals (other_id);
create index identity_proposals_newest on identity_proposals (at);

-- Whom staff say to be one of us, or nobody at all: left out of numbers. `none`: a customer all the same.
create table profile_marks (
  profile_id bigint primary key references profiles on delete cascade,
  mark text not null check (mark in ('staff', 'test', 'none')),
  actor text not null,
  at timestamptz not null
);

-- Phones and addresses of our own, from the settings; those of staff accounts count besides.
create table own_identifiers (
  kind text not null check (kind in ('phone', 'email')),
  value text not null,
  mark text not null check (mark in ('staff', 'test')),
  primary key (kind, value)
);
