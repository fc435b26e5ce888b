/** An expression between two ends, each included; without an end, yes for whoever has a value, and unknown for the others. */
export function rangeSql<T>(expression: string, ends: { from?: T; to?: T }, bound: (value: T) => string): string {
  const parts = [
    ...(ends.from === undefined ? [] : [`${expression} >= ${bound(ends.from)}`]),
    ...(ends.to === undefined ? [] : [`${expression} <= ${bound(ends.to)}`]),
  ]
  return parts.length === 0 ? `(${expression} = ${expression})` : `(${parts.join(' AND ')})`
}
