import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { catalogAdded, catalogChanged } from './facts.ts'

// incoming_products (product_id bigint, state text, code text, kind text, name text, price bigint, doc jsonb)
// Columns of the temporary table `incoming_products` that `saveProducts` takes: state is `new` or `changed` (other rows are
// left alone); product_id is taken from the sequence for a new one. What is null says nothing: a known value stays.
// `doc` may hold category, cost (minor units), stock and image.

/**
 * Writes many products of an import (null: of none) set-wise, from the temporary table `incoming_products` of this transaction.
 * Facts are historic: they fill records and fire nothing.
 */
export async function saveProducts(ctx: Context, importId: number | null): Promise<void> {
  if (!ctx.db.isTransaction) throw new Error('saveProducts outside a transaction')
  const now = ctx.clock.now()
  await sql`
    insert into products (id, code, kind, name, price, category, cost, stock, image, import_id)
    overriding system value
    select product_id, code, kind, name, price, doc ->> 'category', (doc ->> 'cost')::bigint, (doc ->> 'stock')::numeric,
           doc ->> 'image', ${importId}
      from incoming_products where state = 'new'
     order by product_id`.execute(ctx.db)
  await sql`
    insert into facts (at, kind, subject_id, actor, historic, data)
    select ${now}, ${catalogAdded.kind}, product_id, ${ctx.actor.label}, true, '{}'
      from incoming_products where state = 'new'
     order by product_id`.execute(ctx.db)
  await sql`
    with changed as (
      update products p
         set name = coalesce(i.name, p.name), price = coalesce(i.price, p.price),
             category = coalesce(i.doc ->> 'category', p.category), cost = coalesce((i.doc ->> 'cost')::bigint, p.cost),
             stock = coalesce((i.doc ->> 'stock')::numeric, p.stock), image = coalesce(i.doc ->> 'image', p.image),
             version = p.version + 1, xid = pg_current_xact_id()
        from incoming_products i, products before
       where i.product_id = p.id and before.id = p.id and i.state = 'changed'
   returning p.id, array_remove(array[
             case when p.name is distinct from before.name then 'name' end,
             case when p.price is distinct from before.price then 'price' end,
             case when p.category is distinct from before.category then 'category' end,
             case when p.cost is distinct from before.cost then 'cost' end,
             case when p.stock is distinct from before.stock then 'stock' end,
             case when p.image is distinct from before.image then 'image' end], null) as fields
    )
    insert into facts (at, kind, subject_id, actor, historic, data)
    select ${now}, ${catalogChanged.kind}, id, ${ctx.actor.label}, true, jsonb_build_object('fields', fields)
      from changed order by id`.execute(ctx.db)
}
