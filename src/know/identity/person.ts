import { type RawBuilder, sql } from 'kysely'
import { byProfile, type OfPerson, type Person } from '#platform/person/index.ts'

/** What ties and parts the person's records. The reasons that staff gave go too. */
export const identityOfPerson: OfPerson = {
  tables: [
    {
      table: 'identity_merges',
      rows: ({ customerIds }) => sql<boolean>`id in (select merge_id from identity_edges
        where into_id = any(${customerIds}::bigint[]) or from_id = any(${customerIds}::bigint[]))`,
      forget: 'delete',
    },
    { table: 'identity_edges', rows: either('into_id', 'from_id'), forget: { stays: 'goes with its merge' } },
    { table: 'identity_cuts', rows: either('one_id', 'other_id'), forget: 'delete' },
    { table: 'identity_proposals', rows: either('one_id', 'other_id'), forget: 'delete' },
    { table: 'profile_marks', rows: byProfile(), forget: 'delete' },
  ],
  nobodys: ['own_identifiers', 'identity_taken_back'], // of the shop itself; of nobody
}

function either(one: string, other: string): (person: Person) => RawBuilder<boolean> {
  return ({ customerIds }) =>
    sql<boolean>`(${sql.ref(one)} = any(${customerIds}::bigint[]) or ${sql.ref(other)} = any(${customerIds}::bigint[]))`
}
