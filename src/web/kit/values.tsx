import { useLocale } from '../i18n.ts'
import { useMerchant } from '../session.ts'
import { countText, dayText, instantText, moneyText, recentText, shareText } from './formats.ts'
import { useMinute } from './minute.ts'

/** An amount of minor units in the merchant's currency. @example <Money minor={123450} /> is ¥1,234.50 */
export function Money({
  minor,
  currency,
  round,
}: {
  minor: number | null | undefined
  currency?: string
  round?: boolean
}) {
  const locale = useLocale()
  const merchant = useMerchant()
  if (minor === null || minor === undefined) return <Absent />
  return <span className="number">{moneyText(locale, currency ?? merchant?.currency ?? 'CNY', minor, round)}</span>
}

/** @example <Count value={4372} /> is 4,372 */
export function Count({ value, digits }: { value: number | null | undefined; digits?: number }) {
  const locale = useLocale()
  return value === null || value === undefined ? (
    <Absent />
  ) : (
    <span className="number">{countText(locale, value, digits)}</span>
  )
}

/** A ratio as a percentage. @example <Share of={0.654} /> is 65.4% */
export function Share({ of, digits }: { of: number | null | undefined; digits?: number }) {
  const locale = useLocale()
  return of === null || of === undefined ? <Absent /> : <span className="number">{shareText(locale, of, digits)}</span>
}

/** A shop day. @example <DayText day="2026-03-01" /> */
export function DayText({ day, style }: { day: string | null | undefined; style?: 'medium' | 'short' | 'month' }) {
  const locale = useLocale()
  if (!day) return <Absent />
  return (
    <time className="number" dateTime={day}>
      {dayText(locale, day, style)}
    </time>
  )
}

/** An instant in the shop's zone; within a day told as `3 minutes ago`, with the exact time on hover. */
export function InstantText({ at, exact }: { at: string | null | undefined; exact?: boolean }) {
  const locale = useLocale()
  const zone = useMerchant()?.zone ?? 'UTC'
  const now = useMinute()
  if (!at) return <Absent />
  const full = instantText(locale, zone, at)
  return (
    <time className="number" dateTime={at} title={full}>
      {(!exact && recentText(locale, at, now)) || full}
    </time>
  )
}

/** What is not known: a dash, the same everywhere. */
export function Absent() {
  return <span className="soft">—</span>
}
