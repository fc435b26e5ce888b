/**
 * Many values as Postgres reads an array, for `${arrayText(values)}::text[]`. `pg` escapes element by element, which for a hundred
 * thousand takes longer than the statement needs to read them.
 */
export function arrayText(values: readonly (string | number | null)[]): string {
  return `{${values.map(elementText).join(',')}}`
}

function elementText(value: string | number | null): string | number {
  if (value === null) return 'NULL'
  if (typeof value === 'number') return value
  return `"${/["\\]/.test(value) ? value.replaceAll(/["\\]/g, '\\$&') : value}"`
}
