const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** A file's size for people: 45.6 MB. Powers of 1,000, as file managers show them. */
export function sizeText(locale: string, bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  const digits = power > 0 && value < 100 ? 1 : 0
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[power],
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: digits,
  }).format(value)
}
