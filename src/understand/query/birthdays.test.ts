import { expect, test } from 'vitest'
import { birthdaysOn, runsOf } from './birthdays.ts'
import { agesOn, birthMonths, daysToBirthday, lastBirthday } from './testing/naive-birthday.ts'
import { diceOf, type Person, type SmallBirthday } from './testing/small-shop.ts'

const days = [
  '2024-02-28',
  '2024-02-29',
  '2025-07-30',
  '2025-08-01',
  '2025-12-31',
  '2026-01-01',
  '2026-01-15',
  '2026-02-16',
  '2026-02-17',
]

/** As the columns hold it. */
const codeOf = ({ calendar, month = 0, day = 0, leap }: SmallBirthday) =>
  (calendar === 'solar' ? 0 : leap ? 4000 : 2000) + month * 100 + day

test('the thousand birthdays stand on each day as looking at one day after another finds them', () => {
  const dice = diceOf(20_261_122)
  for (const on of days) {
    const all = new Map(birthdaysOn(on).map((one) => [one.code, one]))
    for (let count = 0; count < 40; count += 1) {
      const lunar = dice(2) === 0
      const birthday: SmallBirthday = lunar
        ? { calendar: 'lunar', month: 1 + dice(12), day: 1 + dice(30), leap: dice(4) === 0, year: 1990 }
        : { calendar: 'solar', month: 1 + dice(12), day: 1 + dice(28) + (dice(9) === 0 ? 1 : 0), year: 1990 }
      if (birthday.leap && (birthday.month === 1 || birthday.month === 12)) continue
      const person = { birthday } as Person
      const kept = all.get(codeOf(birthday))!
      const found = {
        inDays: daysToBirthday(person, on),
        last: lastBirthday(person, on),
        age: agesOn(person, on)?.[0],
        months: birthMonths(person, on),
      }
      const { inDays, last, lastYear, months } = kept
      expect({ inDays, last, age: lastYear - 1990, months }, `${JSON.stringify(birthday)} on ${on}`).toEqual(found)
    }
  }
})

test('what passes is told as runs that hold all of it and nothing else', () => {
  const all = birthdaysOn('2025-12-28')
  const runs = runsOf(all, ({ inDays }) => inDays <= 7)
  const within = (code: number) => runs.some(([from, to]) => code >= from && code <= to)

  expect(all.filter(({ code }) => within(code))).toEqual(all.filter(({ inDays }) => inDays <= 7))
  expect(runs.length).toBeLessThan(8)
})
