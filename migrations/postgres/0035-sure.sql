-- Which of the values that are shown of a customer the person or staff said: gender 1, birthday 2, country 4, province 8, city 16, added up
-- (know/customers/refresh.ts). What an import, a watcher or a guess says is not among them.
alter table customers add column sure smallint not null default 0;

update customers set sure = said.bits, version = version + 1, xid = pg_current_xact_id()
  from (select customer_id, sum(bit) as bits
          from (select distinct map.customer_id,
                       case v.field when 'gender' then 1 when 'birthday' then 2 when 'country' then 4 when 'province' then 8 else 16 end as bit
                  from profile_values v join profile_customers map on map.profile_id = v.profile_id
                 where v.field in ('gender', 'birthday', 'country', 'province', 'city') and v.origin in ('staff', 'stated')) as each
         group by customer_id) as said
 where customers.id = said.customer_id;
