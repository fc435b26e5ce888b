/** Named so, a number is a name and not a quantity: it is shown as it is. */
const names = new Set(['id', 'old', 'number', 'seed', 'year', 'port', 'pid', 'code', 'version'])

const groupings = new Map<string, Intl.NumberFormat>()

/**
 * The params of a message with its quantities grouped as the language writes them (12,345), where the message shows them plainly: `{count}`.
 * ICU MessageFormat groups `#` and `{count, number}` by itself, and chooses by the bare number of a `{count, plural, …}`: those stay.
 * @param pattern the message, in ICU MessageFormat
 */
export function grouped<T extends string | number | undefined>(
  locale: string,
  pattern: string,
  params: Record<string, T>,
): Record<string, T | string> {
  let shown: Record<string, T | string> = params
  for (const [name, value] of Object.entries(params)) {
    if (typeof value !== 'number' || Math.abs(value) < 1000 || names.has(name)) continue
    if (!pattern.includes(`{${name}}`) || pattern.includes(`{${name},`)) continue
    if (shown === params) shown = { ...params }
    shown[name] = grouping(locale).format(value)
  }
  return shown
}

function grouping(locale: string): Intl.NumberFormat {
  let known = groupings.get(locale)
  if (!known) {
    known = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 })
    groupings.set(locale, known)
  }
  return known
}
