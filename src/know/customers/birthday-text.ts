import type { Birthday } from './birthday.ts'

type Translate = (key: string, params?: Record<string, string | number | undefined>) => string

/**
 * A birthday as people write it in a language: 1990-05-03, 5月3日, 农历一九九〇年… with the moon's own names of months and days.
 * Pure; the words are messages.
 */
export function birthdayText(t: Translate, { calendar, year, month, day, leap }: Birthday): string {
  const params = { month, day, year: year === undefined ? undefined : String(year) }
  if (calendar === 'solar')
    return t(year === undefined ? 'customers.birthday.solar' : 'customers.birthday.solar_year', params)
  const lunar = {
    ...params,
    month: t(leap ? 'customers.birthday.leap_month' : 'customers.birthday.lunar_month', { month }),
    day: t('customers.birthday.lunar_day', { day }),
  }
  return t(year === undefined ? 'customers.birthday.lunar' : 'customers.birthday.lunar_year', lunar)
}
