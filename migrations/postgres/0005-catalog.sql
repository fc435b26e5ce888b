create table products (
  id bigint generated always as identity primary key,
  code text not null unique,        -- as written: the shop's own item number, case kept
  name text,
  kind text not null default 'goods'
    check (kind in ('goods', 'postage', 'fee', 'discount', 'adjustment', 'gift_card', 'sample')),
  category text,
  brand_id integer references brands,
  price bigint,                     -- minor units
  cost bigint,
  stock numeric(14, 3),
  image text,                       -- address of a picture
  attributes jsonb not null default '{}',
  import_id bigint,
  created_at timestamptz not null default clock_timestamp(),
  archived_at timestamptz,
  version integer not null default 1,
  xid xid8 not null default pg_current_xact_id()
);
create index products_by_name_piece on products using gin (name gin_trgm_ops);
create index products_by_code_prefix on products (lower(code) text_pattern_ops);
create index products_in_name_order on products (coalesce(name, ''), id);
create index products_changed on products (xid, id);
create index products_by_brand on products (brand_id);
create index products_by_category on products (category, id);
create index products_of_import on products (import_id) where import_id is not null;
