/** What the comparison knows of a person: some of it, as it was written. Missing speaks neither for nor against. */
export type Person = {
  id: number
  /** The whole name, where its parts are not told apart. */
  name?: string | null
  given?: string | null
  family?: string | null
  gender?: string | null
  birthday?: { calendar?: 'solar' | 'lunar'; year?: number; month: number; day: number; leap?: boolean } | null
  /** In compare form (know/customers/identifier.ts). */
  phones?: readonly string[]
  emails?: readonly string[]
  /** Street and number in one text; or apart, with what else stands in an address (building, quarter). */
  address?: string | null
  number?: string | null
  street?: string | null
  quarter?: string | null
  district?: string | null
  city?: string | null
  province?: string | null
  postcode?: string | null
}
