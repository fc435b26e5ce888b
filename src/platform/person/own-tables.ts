import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { byMarks, byProfile } from './by.ts'
import type { OfPerson, Person } from './of-person.ts'

/** What the machinery itself holds of people. */
export const machineryOfPerson: OfPerson = {
  tables: [
    { table: 'facts', rows: byProfile(), forget: forgetFacts },
    {
      table: 'answered_requests',
      rows: (person) =>
        sql<boolean>`(${byMarks(sql<string>`coalesce(body::text, '')`)(person)}
          or body ->> 'customerId' = any(array(select unnest(${person.customerIds}::bigint[])::text))
          or (route like 'customers.%' and body ->> 'id' = any(array(select unnest(${person.customerIds}::bigint[])::text))))`,
      forget: 'delete',
      untold:
        'answers to requests of the last seven days, kept so that a request sent twice counts once: copies of what is told',
    },
    {
      table: 'audit_entries',
      rows: ({ customerIds }) =>
        sql<boolean>`(object = 'customers' and object_id = any(array(select unnest(${customerIds}::bigint[])::text)))`,
      forget: forgetShown,
    },
  ],
  nobodys: [
    ...[
      'epochs',
      'listeners',
      'settings',
      'tombstones',
      'audit_cuts',
      'audit_seals',
      'audit_tail',
      'kept_jobs',
      'backups',
      'migrations',
    ],
    ...['projections', 'projection_rebuilds', 'demo_shop'],
  ],
  nobodysColumns: ['migrations', 'tombstones', 'touched'],
}

/** Facts of orders stay, as the orders do: they hold numbers and amounts. All others go. */
async function forgetFacts(ctx: Context, { profileIds }: Person): Promise<number> {
  const { rows } = await sql`
    delete from facts where profile_id = any(${profileIds}::bigint[]) and kind not like 'orders.%' returning 1 as one`.execute(
    ctx.db,
  )
  return rows.length
}

/** What an entry shows of a person goes; that somebody looked or changed stays, with marks that only the house's key can tell. */
async function forgetShown(ctx: Context, { customerIds, marks }: Person): Promise<number> {
  const { rows } = await sql`
    update audit_entries set shown = null
     where shown is not null
       and ((object = 'customers' and object_id = any(array(select unnest(${customerIds}::bigint[])::text)))
            or exists (select from unnest(${marks}::text[]) as mark where position(lower(mark) in lower(shown::text)) > 0))
    returning 1 as one`.execute(ctx.db)
  return rows.length
}
