-- The columns hold birthdays from now on (clickhouse 0013). On an installation that has columns already, customers and what is computed of
-- them are written again from the first row.
update projections set xid = '0'::xid8, id = 0, to_xid = null, to_id = null, token = null
 where target = 'live' and name in ('customers', 'traits');
