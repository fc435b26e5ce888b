import { sql } from 'kysely'
import { byProfile, type OfPerson } from '#platform/person/index.ts'
import { forgetReasons } from './reason.ts'

const kept = 'the shop’s books: sums and documents that the law wants kept, of a buyer who has no name any more'

/** What a person bought. It stays, so that what was sold stays true. */
export const ordersOfPerson: OfPerson = {
  tables: [
    // All but the reason stays, as below.
    { table: 'orders', rows: byProfile(), forget: forgetReasons },
    {
      table: 'order_lines',
      rows: ({ profileIds }) =>
        sql<boolean>`order_id in (select id from orders where profile_id = any(${profileIds}::bigint[]))`,
      forget: { stays: kept },
    },
    {
      // Carrier and parcel lead to an address. How far the order came stays with it.
      table: 'order_steps',
      rows: ({ profileIds }) =>
        sql<boolean>`order_id in (select id from orders where profile_id = any(${profileIds}::bigint[]))`,
      forget: 'delete',
    },
    // Days, of an order that stays.
    { table: 'order_ways', rows: byProfile(), forget: { stays: kept } },
  ],
  columns: [{ table: 'order_ways', by: 'profile_id', holds: 'profile', stays: '1', untold: 'a copy of the ways' }],
}
