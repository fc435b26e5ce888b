import pg from 'pg'

/** How rows are read for one statement: the version they get, and the shop's zone. */
export type Reading = { epoch: number; horizon: string; zone: string }

/** Rows of one table of the columns, as SQL over the records. */
type Part = {
  table: string
  columns: readonly string[]
  /** The select list; `r` is the row of the projected table, `version` its version as SQL. */
  select(version: string, reading: Reading): string
  /** What else is read beside `r`. */
  join?: string
}

/** A table of the records that the columns follow. `r` is its row everywhere. */
export type Projected = {
  name: string
  /** Rises with the row's key; with `xid` it gives the order in which changes are read. */
  id: string
  /** Rows of the columns that one row becomes, as SQL. */
  weight: string
  parts: readonly Part[]
  /** Rows carry the epoch in which they were written. */
  dated?: boolean
}

/** Days before 1970 or after 2149 do not fit the columns' dates and stand at the edge. */
const day = (expression: string) => `least(greatest(${expression}, date '1970-01-01'), date '2149-06-06')`

/** The tables of the records that the columns follow, in the order in which a run copies them. */
export const projected: readonly Projected[] = [
  {
    name: 'customers',
    id: 'r.id',
    weight: '1',
    parts: [
      {
        table: 'customers',
        columns: [
          'id',
          'version',
          'gender',
          'country',
          'province',
          'city',
          'has_phone',
          'has_email',
          'owner_id',
          'added',
        ],
        select: (version, { zone }) =>
          `r.id, ${version}, r.gender, nullif(r.country, ''), nullif(r.province, ''), nullif(r.city, ''),
           (r.phone is not null)::int, (r.email is not null)::int, coalesce(r.owner_id, 0), ${day(`(r.created_at at time zone ${pg.escapeLiteral(zone)})::date`)}`,
      },
    ],
  },
  {
    name: 'profile_customers',
    id: 'r.profile_id',
    weight: '1',
    parts: [
      {
        table: 'profile_customers',
        columns: ['profile_id', 'customer_id', 'shop_id', 'version'],
        select: (version) => `r.profile_id, r.customer_id, coalesce(s.shop_id, 0), ${version}`,
        join: 'join profiles p on p.id = r.profile_id join sources s on s.id = p.source_id',
      },
    ],
  },
  {
    name: 'products',
    id: 'r.id',
    weight: '1',
    parts: [
      {
        table: 'products',
        columns: ['id', 'version', 'code', 'name', 'kind', 'category', 'brand_id', 'price'],
        select: (version) => `r.id, ${version}, r.code, r.name, r.kind, r.category, coalesce(r.brand_id, 0), r.price`,
      },
    ],
  },
  {
    name: 'orders',
    id: 'r.id',
    weight: '1 + r.line_count',
    parts: [
      {
        table: 'order_lines',
        columns: [
          ...['profile_id', 'order_id', 'line', 'version', 'product_id', 'kind', 'quantity', 'amount'],
          ...['shop_id', 'day', 'sale', 'counts'],
        ],
        select: (version) =>
          `r.profile_id, r.id, l.line, ${version}, coalesce(l.product_id, 0), l.kind, l.quantity, l.amount,
           r.shop_id, ${day('r.day')}, (r.kind = 'sale' and r.status <> 'void')::int, (r.status <> 'void')::int`,
        join: 'join order_lines l on l.order_id = r.id',
      },
      // After its lines, so that no order is there without them.
      {
        table: 'orders',
        columns: [
          ...[
            'profile_id',
            'id',
            'version',
            'row_version',
            'source_id',
            'shop_id',
            'kind',
            'status',
            'placed_at',
            'day',
          ],
          ...['amount', 'line_count', 'cancels_id'],
        ],
        select: (version) =>
          `r.profile_id, r.id, ${version}, r.version, r.source_id, r.shop_id, r.kind, r.status,
           extract(epoch from greatest(r.placed_at, timestamptz '1970-01-01 00:00:00Z'))::numeric(20, 3), ${day('r.day')}, r.amount, r.line_count, coalesce(r.cancels_id, 0)`,
      },
    ],
  },
  {
    name: 'facts',
    id: 'r.id',
    weight: '1',
    dated: true,
    parts: [
      {
        table: 'facts',
        columns: [
          ...['profile_id', 'id', 'version', 'at', 'recorded_at', 'kind', 'subject_id', 'actor', 'historic', 'data'],
        ],
        select: (version) =>
          `coalesce(r.profile_id, 0), r.id, ${version}, extract(epoch from greatest(r.at, timestamptz '1970-01-01 00:00:00Z'))::numeric(20, 3),
           extract(epoch from r.recorded_at)::numeric(20, 3), r.kind, coalesce(r.subject_id, 0), r.actor, r.historic::int, r.data`,
      },
    ],
  },
  {
    name: 'tombstones',
    id: 'r.row_id',
    weight: '1',
    parts: [
      {
        table: 'tombstones',
        columns: ['entity', 'row_id', 'version'],
        select: (version) => `r.entity, r.row_id, ${version}`,
      },
    ],
  },
]

/** Tables that a rebuild makes anew and exchanges, in this order. */
export const rebuiltTables: readonly string[] = [
  ...projected.flatMap(({ parts }) => parts.map(({ table }) => table)),
  'traits',
  'sales',
]
