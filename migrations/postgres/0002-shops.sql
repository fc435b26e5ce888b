-- The merchant (one per installation) and where it sells.

create table merchant (
  id smallint primary key default 1 check (id = 1),
  name text not null,
  zone text not null,               -- IANA name; calendar days of the shop are days of this zone
  currency char(3) not null,        -- ISO 4217; every amount is minor units of it
  locale text not null,             -- en, zh-CN or zh-TW: the language of a new member of staff
  created_at timestamptz not null default clock_timestamp(),
  version integer not null default 1
);

create table channels (
  id integer generated always as identity primary key,
  code text not null unique,
  name text not null,
  kind text not null check (kind in ('online', 'wechat', 'store', 'marketplace', 'phone', 'other')),
  archived_at timestamptz,
  version integer not null default 1
);

create table brands (
  id integer generated always as identity primary key,
  code text not null unique,
  name text not null,
  archived_at timestamptz,
  version integer not null default 1
);

create table shops (
  id integer generated always as identity primary key,
  code text not null unique,
  name text not null,
  channel_id integer references channels,
  brand_id integer references brands,
  archived_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  version integer not null default 1
);
create index shops_by_channel on shops (channel_id);
create index shops_by_brand on shops (brand_id);

-- Where profiles and orders are told to us from. A profile's external id and an order's number are unique within a source.
create table sources (
  id integer generated always as identity primary key,
  code text not null unique,        -- staff, online-retail, taobao…
  name text not null,
  kind text not null check (kind in ('staff', 'import', 'web', 'shop')),
  shop_id integer references shops
);
insert into sources (code, name, kind) values ('staff', 'Staff', 'staff');
