import { addDays } from '#platform/days.ts'
import type { Buyer, Expected } from './ladder.ts'

/** Columns of the table `outlooks` in the order of the lines. */
export const outlookColumns = [
  ...['forecast', 'customer_id', 'step', 'here', 'again90', 'again365', 'purchases90', 'purchases365'],
  ...['value90', 'value365', 'next_day', 'call_before'],
] as [string, ...string[]]

/** The columns' last day, 2149-06-06. */
const lastDay = 65_535

/** Outlooks as the columns read them, TabSeparated; who cannot be judged has none. */
export function outlookLines(forecast: number, buyers: Iterable<Buyer>, judge: (buyer: Buyer) => Expected): string {
  const lines: string[] = []
  for (const buyer of buyers) {
    const found = judge(buyer)
    if (found.step === null) continue
    lines.push(
      [
        forecast,
        buyer.customerId,
        found.step,
        ...[found.here, found.again90, found.again365].map(percent),
        ...[found.purchases90, found.purchases365].map((one) => (one === null ? nothing : one.toFixed(4))),
        found.value90 ?? nothing,
        found.value365 ?? nothing,
        ...[found.next, found.callBefore].map((day) => (day === null ? nothing : dayText(Math.min(lastDay, day)))),
      ].join('\t'),
    )
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

const days = new Map<number, string>()

/** The few thousand days that people are awaited on are written once each. */
function dayText(day: number): string {
  let text = days.get(day)
  if (!text) {
    text = addDays('1970-01-01', day)
    days.set(day, text)
  }
  return text
}

const nothing = '\\N'

/** Rounded down, so that a tenth of the chances is 60 to 69. */
function percent(chance: number | null): number | string {
  return chance === null ? nothing : Math.floor(chance * 100)
}
