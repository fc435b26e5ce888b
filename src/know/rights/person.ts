import { sql } from 'kysely'
import { byCustomer, type OfPerson } from '#platform/person/index.ts'

/** Requests stay: that somebody asked, and what came of it, must be shown to who asks us. What was written of the person goes. */
export const rightsOfPerson: OfPerson = {
  tables: [
    {
      table: 'privacy_requests',
      rows: byCustomer(),
      forget: async (ctx, { customerIds }) => {
        const { rows } = await sql`
          update privacy_requests set note = null, answer = null
           where customer_id = any(${customerIds}::bigint[]) returning 1 as one`.execute(ctx.db)
        return rows.length
      },
    },
  ],
}
