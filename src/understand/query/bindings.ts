/** Values of a statement, bound as ClickHouse's query parameters: never written into its text. */
export type Bindings = {
  /** A placeholder of the value: `{p1:Date}`. */
  bind(value: Bound, type: string): string
  params: Record<string, Bound>
}

export type Bound = string | number | string[] | number[]

export function bindings(): Bindings {
  const params: Record<string, Bound> = {}
  let count = 0
  return {
    params,
    bind(value, type) {
      count += 1
      params[`p${count}`] = value
      return `{p${count}:${type}}`
    },
  }
}

/** A statement and its values. */
export type Compiled = { sql: string; params: Record<string, Bound> }
