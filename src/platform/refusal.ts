/** The closed list of ways in which the domain says no. HTTP statuses are decided in `http/problem.ts` alone. */
export type RefusalKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'stale'
  | 'precondition'
  | 'gone'
  | 'too_large'
  | 'too_many'
  | 'unavailable'

/** Values that fill the message of a refusal. Ids, counts, file places; never a person's name, phone or e-mail. */
export type RefusalParams = Record<string, string | number | undefined>

/**
 * The domain says no. `code` is stable, is part of the API, and is the key of the message that people read.
 * @example throw new Refusal('not_found', 'orders.unknown', { id })
 */
export class Refusal extends Error {
  readonly kind: RefusalKind
  readonly code: string
  readonly params: RefusalParams

  constructor(kind: RefusalKind, code: string, params: RefusalParams = {}) {
    super(`${code} ${JSON.stringify(params)}`)
    this.name = 'Refusal'
    this.kind = kind
    this.code = code
    this.params = params
  }
}
