/** Values of a statement, bound as ClickHouse's query parameters: never written into its text. */
export type Bindings = {
  /** A placeholder of the value: `{p1:Date}`. */
  bind(value: Bound, type: string): string
  /** The same placeholder for all that is bound under a name: of long lists that several conditions need. */
  bindOnce(name: string, value: () => Bound, type: string): string
  params: Record<string, Bound>
  among?: Among
}

/**
 * Whom a statement looks at, where not at everybody: a test of `customer_id` for the source, and a subquery of profiles for what is read
 * beside it. The profiles may be more than theirs, never fewer: the source decides.
 */
export type Among = { customers: string; profiles: string; params?: Record<string, Bound> }

export type Bound = string | number | string[] | number[]

export function bindings(among?: Among): Bindings {
  const params: Record<string, Bound> = { ...among?.params }
  const once = new Map<string, string>()
  let count = 0
  const bind = (value: Bound, type: string) => {
    count += 1
    params[`p${count}`] = value
    return `{p${count}:${type}}`
  }
  return {
    among,
    params,
    bind,
    bindOnce(name, value, type) {
      const known = once.get(name) ?? bind(value(), type)
      once.set(name, known)
      return known
    },
  }
}

/** A statement and its values. */
export type Compiled = { sql: string; params: Record<string, Bound> }

/** Whose each profile is, as a FROM part: profile_id, customer_id. */
export function mapSql({ among }: Bindings): string {
  return `(SELECT profile_id, customer_id FROM profile_customers FINAL${among ? ` WHERE profile_id IN (${among.profiles})` : ''})`
}

/** The profiles whose rows are read, as one more test; nothing where everybody's are. */
export function ofAmong({ among }: Bindings, column = 'profile_id'): string {
  return among ? ` AND ${column} IN (${among.profiles})` : ''
}
