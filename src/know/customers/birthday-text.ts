import type { Birthday } from './birthday.ts'
import type { MaskedBirthday } from './contract.ts'

type Translate = (key: string, params?: Record<string, string | number | undefined>) => string

/**
 * A birthday as people write it in a language: 1990-05-03, 5月3日, 农历一九九〇年… with the moon's own names of months and days.
 * Of a masked one the month. Pure; the words are messages.
 */
export function birthdayText(t: Translate, birthday: Birthday | MaskedBirthday): string {
  if (!('day' in birthday)) return monthText(t, birthday)
  const { calendar, year, month, day, leap } = birthday
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

function monthText(t: Translate, { calendar, month }: MaskedBirthday): string {
  if (calendar === 'solar') return t('customers.birthday.solar_month', { month })
  return t('customers.birthday.lunar_month_only', { month: t('customers.birthday.lunar_month', { month }) })
}
