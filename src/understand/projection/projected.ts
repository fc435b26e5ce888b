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

/** The same of a day that may be missing: least and greatest pass over nulls. */
const someDay = (expression: string) => `case when ${expression} is not null then ${day(expression)} end`

const dayOf = (instant: string, zone: string) => `(${instant} at time zone ${pg.escapeLiteral(zone)})::date`

/** A birthday as people keep it, as one number (migrations/clickhouse/0013-birthdays.sql); 0 where month or day is not known. */
const birthCode = `coalesce(case r.birth_calendar when 'lunar' then case when r.birth_leap then 4000 else 2000 end else 0 end
             + r.birth_month * 100 + r.birth_day, 0)`

/** Instants before 1970 stand at its beginning. */
const instant = (expression: string) =>
  `extract(epoch from greatest(${expression}, timestamptz '1970-01-01 00:00:00Z'))::numeric(20, 3)`

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
          'mark',
          'birth_code',
          'birth_year',
          'sure',
          'region',
          'latitude',
          'longitude',
          'added',
        ],
        select: (version, { zone }) =>
          `r.id, ${version}, r.gender, nullif(r.country, ''), nullif(r.province, ''), nullif(r.city, ''),
           (r.phone is not null)::int, (r.email is not null)::int, coalesce(r.owner_id, 0),
           case r.mark when 'staff' then 1 when 'test' then 2 else 0 end, ${birthCode}, coalesce(r.birth_year, 0), r.sure, coalesce(r.region, 0), r.latitude, r.longitude, ${day(dayOf('r.created_at', zone))}`,
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
        // Probed order by order: for a batch of 100,000 the planner would rather read all the lines there are.
        join: 'cross join lateral (select * from order_lines where order_lines.order_id = r.id offset 0) l',
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
           ${instant('r.placed_at')}, ${day('r.day')}, r.amount, r.line_count, coalesce(r.cancels_id, 0)`,
      },
    ],
  },
  // After the orders, so that no way is there without its order.
  {
    name: 'order_ways',
    id: 'r.order_id',
    weight: '1',
    parts: [
      {
        table: 'order_ways',
        columns: ['profile_id', 'order_id', 'version', 'shipped_on', 'delivered_on', 'received_on'],
        select: (version, { zone }) =>
          `r.profile_id, r.order_id, ${version}, ${['shipped_at', 'delivered_at', 'received_at'].map((at) => someDay(dayOf(`r.${at}`, zone))).join(', ')}`,
      },
    ],
  },
  {
    name: 'reviews',
    id: 'r.id',
    weight: '1',
    parts: [
      {
        table: 'reviews',
        columns: ['profile_id', 'id', 'version', 'shop_id', 'product_id', 'rating', 'day', 'answered_on'],
        select: (version, { zone }) =>
          `r.profile_id, r.id, ${version}, coalesce(o.shop_id, 0), coalesce(r.product_id, 0), r.rating, ${day(dayOf('r.at', zone))},
           ${someDay(dayOf('r.answered_at', zone))}`,
        join: 'left join orders o on o.id = r.order_id',
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
          `coalesce(r.profile_id, 0), r.id, ${version}, ${instant('r.at')},
           extract(epoch from r.recorded_at)::numeric(20, 3), r.kind, coalesce(r.subject_id, 0), r.actor, r.historic::int, r.data`,
      },
    ],
  },
  {
    name: 'profile_talks',
    id: 'r.profile_id',
    weight: '1',
    parts: [
      {
        table: 'profile_talks',
        columns: ['profile_id', 'version', 'last_on', 'next_on'],
        select: (version) => `r.profile_id, ${version}, ${someDay('r.last_on')}, ${someDay('r.next_on')}`,
      },
    ],
  },
  {
    name: 'profile_tags',
    id: 'r.id',
    weight: '1',
    parts: [
      {
        table: 'profile_tags',
        columns: ['tag_id', 'profile_id', 'origin', 'version', 'state', 'until', 'at'],
        select: (version) =>
          `r.tag_id, r.profile_id, r.origin, ${version}, r.state, ${day(`coalesce(r.until, date '2149-06-06')`)}, ${instant('r.at')}`,
      },
    ],
  },
  {
    name: 'segment_picks',
    id: 'r.id',
    weight: '1',
    parts: [
      {
        table: 'segment_picks',
        columns: ['segment_id', 'profile_id', 'version', 'state', 'until', 'at'],
        select: (version) =>
          `r.segment_id, r.profile_id, ${version}, r.state, ${day(`coalesce(r.until, date '2149-06-06')`)}, ${instant('r.at')}`,
      },
    ],
  },
  {
    name: 'state_moves',
    id: 'r.id',
    weight: '1',
    parts: [
      {
        table: 'state_moves',
        columns: ['profile_id', 'id', 'version', 'to_id'],
        select: (version) => `r.profile_id, r.id, ${version}, coalesce(r.to_id, 0)`,
      },
    ],
  },
  {
    name: 'arrivals',
    id: 'r.id',
    weight: '1',
    parts: [
      {
        table: 'arrivals',
        columns: ['profile_id', 'version', 'way_id', 'rank', 'on_day', 'gone'],
        select: (version) =>
          `r.profile_id, ${version}, coalesce(r.way_id, 0), array_position(array['hand', 'import', 'tracking'], r.origin),
           ${day('r.on_day')}, r.gone::int`,
      },
    ],
  },
  {
    name: 'own_values',
    id: 'r.id',
    weight: '1',
    parts: [
      {
        table: 'own_values',
        columns: ['field_id', 'profile_id', 'version', 'said', 'rank', 'at', 'text', 'number', 'day', 'choices'],
        select: (version) =>
          `r.field_id, r.profile_id, ${version}, (r.value is not null)::int, r.rank, ${instant('r.at')},
           case jsonb_typeof(r.value) when 'string' then r.value #>> '{}' else '' end,
           case jsonb_typeof(r.value) when 'number' then (r.value #>> '{}')::float8 when 'boolean' then (r.value::boolean)::int::float8 end,
           case when f.kind = 'day' and r.value is not null then ${day(`(r.value #>> '{}')::date`)} end,
           case f.kind when 'choice' then '[' || coalesce(r.value #>> '{}', '') || ']' when 'choices' then coalesce(r.value, '[]')::text else '[]' end`,
        join: 'left join own_fields f on f.id = r.field_id',
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
  'left_out',
  'sales',
]
