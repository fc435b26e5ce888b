/**
 * What an act on many wrote at one person, and what it needs to be taken back: `before` is the module's own. Whoever is not named was
 * as wanted already.
 */
export type Written = { customerId: number; profileId: number; before: unknown }

/** An act that is taken back: what it wrote, person by person. */
export type TakenBack = readonly Written[]

/** What one statement reads of it. */
export function asRows(written: TakenBack): string {
  return JSON.stringify(
    written.map(({ customerId, profileId, before }) => ({ customer_id: customerId, profile_id: profileId, before })),
  )
}
