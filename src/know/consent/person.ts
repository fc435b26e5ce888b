import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { byProfile, type OfPerson, type Person } from '#platform/person/index.ts'
import { forgetConsents } from './save-consents.ts'
import { addressesOf, suppressionHash } from './suppression.ts'

/**
 * What the ledger holds of people. It goes with the person, by the one function that the database lets through. The list of addresses
 * that must not be written to stays: hashes that nobody can read, without which the next import would bring the person back to be
 * written to.
 */
export const consentOfPerson: OfPerson = {
  tables: [
    { table: 'consents', rows: byProfile(), forget: forgetAll },
    { table: 'consent_withdrawals', rows: byProfile(), forget: forgetAll },
    { table: 'consent_grants', rows: byProfile(), forget: forgetAll },
    { table: 'consent_balances', rows: byProfile(), forget: 'delete' },
    { table: 'consent_touched', rows: byProfile(), forget: 'delete' },
  ],
  nobodys: ['consent_texts', 'suppressions'],
  tells: tellSuppressions,
}

function forgetAll(ctx: Context, { profileIds }: Person): Promise<number> {
  return forgetConsents(ctx, profileIds)
}

async function tellSuppressions(ctx: Context, { profileIds }: Person) {
  const addresses = await addressesOf(ctx, profileIds)
  const byHash = new Map(addresses.map((one) => [suppressionHash(ctx, one).toString('hex'), one]))
  const { rows } = await sql<{ hash: string; channel: string; purpose: string; reason: string; since: Date }>`
    select encode(hash, 'hex') as hash, channel, purpose, reason, since from suppressions
     where hash in (select decode(hash, 'hex') from unnest(${[...byHash.keys()]}::text[]) as hash)`.execute(ctx.db)
  return {
    name: 'suppressions',
    rows: rows.map(({ hash, since, ...row }) => {
      const { kind, value } = byHash.get(hash)!
      return { kind, value, ...row, since: since.toISOString() }
    }),
  }
}
