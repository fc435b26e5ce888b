import { minorDigits } from '#platform/money.ts'
import { useLocale } from '#web/i18n.ts'
import { countText, moneyText, shareText, shortText } from '#web/kit/formats.ts'

type Unit = 'money' | 'count' | 'rate' | 'number'

/** How a number of a unit is written, in a table and on an axis. */
export function useNumberWords(currency: string): (unit: Unit) => {
  full: (value: number) => string
  axis: (value: number) => string
} {
  const locale = useLocale()
  return (unit) => {
    switch (unit) {
      case 'money':
        return {
          full: (minor) => moneyText(locale, currency, minor, Math.abs(minor) >= 10_000_00),
          axis: (minor) => shortText(locale, minor / 10 ** minorDigits(currency)),
        }
      case 'rate':
        return { full: (share) => shareText(locale, share), axis: (share) => shareText(locale, share, 0) }
      case 'number':
        return { full: (value) => countText(locale, value, 2), axis: (value) => shortText(locale, value) }
      case 'count':
        return { full: (count) => countText(locale, count), axis: (count) => shortText(locale, count) }
    }
  }
}
