-- The keys of order_lines are checked once for all rows of a statement, not once for each row: two row-wise checks were 24 of the 39 s
-- in which COPY wrote a million lines. What they promise is the same: the same locks on what is named (key share), the same error
-- (23503), lines that go with their order, a product that stays while a line names it. Ids of orders and products never change.

alter table order_lines drop constraint order_lines_order_id_fkey;
alter table order_lines drop constraint order_lines_product_id_fkey;

create function check_line_keys() returns trigger language plpgsql as $$
declare
  absent bigint;
begin
  -- Waits for who is deleting them; the statements below then see what is left.
  perform 1 from orders where id in (select distinct order_id from told) order by id for key share;
  perform 1 from products where id in (select distinct product_id from told) order by id for key share;
  select order_id into absent from (select distinct order_id from told) named
   where not exists (select 1 from orders where id = named.order_id) limit 1;
  if found then
    raise foreign_key_violation using
      message = format('order_lines name order %s, which is not there', absent), table = 'order_lines', constraint = 'order_lines_order_id';
  end if;
  select product_id into absent from (select distinct product_id from told where product_id is not null) named
   where not exists (select 1 from products where id = named.product_id) limit 1;
  if found then
    raise foreign_key_violation using
      message = format('order_lines name product %s, which is not there', absent), table = 'order_lines', constraint = 'order_lines_product_id';
  end if;
  return null;
end $$;

create trigger line_keys_of_new after insert on order_lines
  referencing new table as told for each statement execute function check_line_keys();
create trigger line_keys_of_changed after update on order_lines
  referencing new table as told for each statement execute function check_line_keys();

create function remove_lines_of_orders() returns trigger language plpgsql as $$
begin
  delete from order_lines where order_id in (select id from gone);
  return null;
end $$;

create trigger lines_go_with_order after delete on orders
  referencing old table as gone for each statement execute function remove_lines_of_orders();

create function keep_sold_products() returns trigger language plpgsql as $$
declare
  sold bigint;
begin
  select id into sold from gone where exists (select 1 from order_lines where product_id = gone.id) limit 1;
  if found then
    raise foreign_key_violation using
      message = format('product %s stands on order lines', sold), table = 'order_lines', constraint = 'order_lines_product_id';
  end if;
  return null;
end $$;

create trigger sold_products_stay after delete on products
  referencing old table as gone for each statement execute function keep_sold_products();
