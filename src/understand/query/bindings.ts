/** Values of a statement, bound as ClickHouse's query parameters: never written into its text. */
export type Bindings = {
  /** A placeholder of the value: `{p1:Date}`. */
  bind(value: Bound, type: string): string
  /** The same placeholder for all that is bound under a name: of long lists that several conditions need. */
  bindOnce(name: string, value: () => Bound, type: string): string
  params: Record<string, Bound>
}

export type Bound = string | number | string[] | number[]

export function bindings(): Bindings {
  const params: Record<string, Bound> = {}
  const once = new Map<string, string>()
  let count = 0
  const bind = (value: Bound, type: string) => {
    count += 1
    params[`p${count}`] = value
    return `{p${count}:${type}}`
  }
  return {
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
