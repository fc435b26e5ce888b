-- Where a shop stands, and where exactly a customer is, where that is known: WGS-84, degrees.
alter table shops
  add column latitude double precision check (latitude between -90 and 90),
  add column longitude double precision check (longitude between -180 and 180),
  add check ((latitude is null) = (longitude is null));
alter table customers add column latitude real, add column longitude real;
