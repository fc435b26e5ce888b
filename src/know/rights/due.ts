import { addDays } from '#platform/days.ts'
import type { Law, RightsRules } from './contract.ts'

/**
 * The day by which a person has the answer. Working days are Monday to Friday: public holidays are not known here, so the day is rather
 * too early than too late. A month ends on the same day of the next, or on its last.
 */
export function dueOn(law: Law, askedOn: string, rules: RightsRules): string {
  if (law === 'pipl') return workingDaysAfter(askedOn, rules.piplWorkingDays)
  if (law === 'gdpr') return monthsAfter(askedOn, rules.gdprMonths)
  return addDays(askedOn, rules.otherDays)
}

function workingDaysAfter(day: string, count: number): string {
  let at = day
  for (let left = count; left > 0; ) {
    at = addDays(at, 1)
    const weekday = new Date(`${at}T00:00:00Z`).getUTCDay()
    if (weekday !== 0 && weekday !== 6) left -= 1
  }
  return at
}

function monthsAfter(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0))
  const wanted = new Date(Date.UTC(year, month - 1 + months, date))
  return (wanted > last ? last : wanted).toISOString().slice(0, 10)
}
