const special = /[\\\t\n\r]/
const replaced: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** A text as COPY's text format writes it; absent is null. */
export function copyText(value: string | undefined | null): string {
  if (value === undefined || value === null) return '\\N'
  return special.test(value) ? value.replace(/[\\\t\n\r]/g, (found) => replaced[found]!) : value
}
