import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'

/** Subject of both: the key. `shops`: how many; null: all that the maker sees. */
export const keyMade = fact(
  'keys.made',
  z.object({ permissions: z.array(z.string()), shops: z.int().nullable(), days: z.int().nullable() }),
)
export const keyRevoked = fact('keys.revoked', z.object({}))

export const keysFacts = [keyMade, keyRevoked]
