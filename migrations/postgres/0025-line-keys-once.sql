-- What a statement's lines name is gathered once for each key, not once to lock and once more to miss: half the time of 0013's check.
create or replace function check_line_keys() returns trigger language plpgsql as $$
declare
  named bigint[];
  held bigint;
begin
  named := array(select distinct order_id from told);
  -- Waits for who is deleting them; what is left is held.
  perform 1 from orders where id = any(named) order by id for key share;
  get diagnostics held = row_count;
  if held < cardinality(named) then
    raise foreign_key_violation using
      message = format('order_lines name order %s, which is not there',
                       (select absent from unnest(named) as absent where not exists (select 1 from orders where id = absent) limit 1)),
      table = 'order_lines', constraint = 'order_lines_order_id';
  end if;
  named := array(select distinct product_id from told where product_id is not null);
  perform 1 from products where id = any(named) order by id for key share;
  get diagnostics held = row_count;
  if held < cardinality(named) then
    raise foreign_key_violation using
      message = format('order_lines name product %s, which is not there',
                       (select absent from unnest(named) as absent where not exists (select 1 from products where id = absent) limit 1)),
      table = 'order_lines', constraint = 'order_lines_product_id';
  end if;
  return null;
end $$;
