-- Models of what goes with what (understand/recommend). What they say stands in ClickHouse under their number.
create table recommend_models (
  id integer generated always as identity primary key,
  state text not null check (state in ('running', 'done', 'failed')),
  method text not null,             -- its version: another method is another model, whatever the day
  as_of date not null,              -- the day up to which was looked, in the shop's zone
  began_at timestamptz not null,    -- machine time, as is the next
  ended_at timestamptz,
  people integer,                   -- who took anything
  products integer,                 -- that anybody took
  taken bigint,                     -- pairs of the two
  served integer,                   -- people with a list
  listed integer                    -- products on any list
);
create index recommend_models_newest on recommend_models (id desc) where state = 'done';

-- What is not for somebody, as staff or a program says: it stays until it is taken back.
create table product_refusals (
  id bigint generated always as identity primary key,
  profile_id bigint not null references profiles on delete cascade,
  product_id bigint not null references products on delete cascade,
  why text not null check (why in ('dislikes', 'has_it', 'unsuitable', 'other')),
  words text,
  said_at timestamptz not null,
  actor text not null,
  unique (profile_id, product_id)
);
create index refusals_of_product on product_refusals (product_id);
