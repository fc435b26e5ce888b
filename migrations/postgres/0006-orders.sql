-- An order is a document of the shop: a sale, a cancellation (goods or money given back: negative amounts) or an adjustment
-- (bookkeeping: no purchase). Revenue is the sum of all documents that count; a purchase is a sale.

create table orders (
  id bigint generated always as identity primary key,
  profile_id bigint not null references profiles,   -- never changes: another customer is another map entry
  source_id integer not null references sources,
  shop_id integer not null references shops,
  number text not null,
  kind text not null check (kind in ('sale', 'cancellation', 'adjustment')),
  status text not null default 'completed' check (status in ('open', 'completed', 'void')), -- void: never paid; counts nowhere
  cancels_id bigint references orders,              -- the sale that a cancellation gives back, where known
  placed_at timestamptz not null,
  day date not null,                                -- of placed_at in the shop's zone
  amount bigint not null,                           -- minor units: sum of the lines
  line_count integer not null,
  foreign_currency char(3),                         -- where the order was paid in another currency:
  foreign_amount bigint,                            --   its own minor units, and
  rate numeric(20, 10),                             --   the dated rate that made `amount` of it
  content_hash text,                                -- of the document as its source told it; unchanged: nothing to do
  import_id bigint,
  created_at timestamptz not null default clock_timestamp(),
  version integer not null default 1,
  xid xid8 not null default pg_current_xact_id(),
  unique (source_id, number)
);
create index orders_of_profile on orders (profile_id, placed_at desc, id desc);
create index orders_newest on orders (placed_at desc, id desc);
create index orders_of_shop on orders (shop_id, placed_at desc, id desc);
create index orders_by_number on orders (lower(number) text_pattern_ops);
create index orders_not_sale on orders (kind, placed_at desc, id desc) where kind <> 'sale';
create index orders_not_completed on orders (status, placed_at desc, id desc) where status <> 'completed';
create index orders_changed on orders (xid, id) include (line_count);
create index orders_of_import on orders (import_id) where import_id is not null;
create index orders_cancelling on orders (cancels_id) where cancels_id is not null;

create table order_lines (
  order_id bigint not null references orders on delete cascade,
  line integer not null,            -- from 1
  product_id bigint references products,
  kind text not null,               -- of the product at the time: goods, postage, fee, discount, adjustment…
  name text,                        -- as printed on the document
  quantity numeric(14, 3) not null, -- negative where given back
  unit_price numeric(18, 6) not null, -- major units, as written: a tenth of a penny is kept
  amount bigint not null,           -- minor units: quantity × unit price, rounded half away from zero, unless the source says it
  cancels_line integer,             -- on a cancellation: the line of the sale (orders.cancels_id) that it gives back, where known
  primary key (order_id, line)
);
create index lines_of_product on order_lines (product_id);
