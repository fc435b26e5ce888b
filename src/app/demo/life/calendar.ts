import { Lunar } from 'lunar-typescript'
import { addDays, type Day, daysBetween } from '#platform/days.ts'
import { zoneMs } from '../shop/houses.ts'

/** The year of a tea shop: how much is going on, day by day. Made once for the years that a run needs. */
export type Calendar = {
  first: Day
  /** Every day by its name, and when the first begins, in milliseconds. */
  days: Day[]
  begins: number
  /** How likely a visit is on a day, 1 an ordinary one, by the number of days since `first`. */
  online: Float32Array
  store: Float32Array
  /** Days by which people give presents: Spring Festival and Mid-Autumn, as days since `first`, ascending. */
  gifts: { day: number; feast: 'spring' | 'autumn' }[]
  /** In which season of tea a day lies. */
  seasons: Uint8Array
}

export const seasons = ['winter', 'newYear', 'spring', 'summer', 'autumn', 'autumnFeast'] as const
export type Season = (typeof seasons)[number]

/** @param days so many days from `first` on */
export function calendarOf(first: Day, days: number): Calendar {
  const online = new Float32Array(days).fill(1)
  const store = new Float32Array(days).fill(1)
  const marks = new Uint8Array(days)
  const gifts: Calendar['gifts'] = []
  const names = Array.from({ length: days }, (_, at) => addDays(first, at))
  const start = new Date(`${first}T00:00:00Z`).getUTCDay()
  for (let at = 0; at < days; at += 1) {
    const weekday = (start + at) % 7
    store[at] = weekday === 0 || weekday === 6 ? 1.7 : weekday === 5 ? 1.15 : 0.8
    online[at] = weekday === 0 ? 1.12 : weekday === 5 ? 0.92 : 1
    const month = Number(names[at]!.slice(5, 7))
    marks[at] = seasons.indexOf(
      month >= 11 || month <= 2 ? 'winter' : month <= 5 ? 'spring' : month <= 8 ? 'summer' : 'autumn',
    )
  }
  const from = Number(first.slice(0, 4))
  const until = Number(addDays(first, days).slice(0, 4)) + 1
  for (let year = from - 1; year <= until; year += 1) {
    for (const one of yearOf(year)) {
      const begin = daysBetween(first, one.from)
      const end = daysBetween(first, one.to)
      for (let at = Math.max(begin, 0); at <= Math.min(end, days - 1); at += 1) {
        online[at]! *= one.online
        store[at]! *= one.store
        if (one.season) marks[at] = seasons.indexOf(one.season)
      }
      if (one.gift && end >= 0) gifts.push({ day: end, feast: one.gift })
    }
  }
  gifts.sort((a, b) => a.day - b.day)
  return { first, days: names, begins: beginOf(first), online, store, gifts, seasons: marks }
}

/** The instant at which a day of the shop begins, in milliseconds. */
export function beginOf(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) - zoneMs
}

export function dayOf(at: number): Day {
  return new Date(at + zoneMs).toISOString().slice(0, 10)
}

type Stretch = {
  from: Day
  to: Day
  online: number
  store: number
  season?: Season
  gift?: 'spring' | 'autumn'
}

/** What is special in a year, by both calendars. */
function yearOf(year: number): Stretch[] {
  const newYear = lunarDay(year, 1, 1)
  const moon = lunarDay(year, 8, 15)
  const dragon = lunarDay(year, 5, 5)
  const seventh = lunarDay(year, 7, 7)
  const on = (monthDay: string) => `${year}-${monthDay}`
  return [
    // 年货: gifts are bought from a month before until the parcels stop; then everybody is at home.
    {
      from: addDays(newYear, -32),
      to: addDays(newYear, -8),
      online: 1.75,
      store: 1.7,
      season: 'newYear',
      gift: 'spring',
    },
    { from: addDays(newYear, -7), to: addDays(newYear, -2), online: 0.6, store: 1.5, season: 'newYear' },
    { from: addDays(newYear, -1), to: addDays(newYear, 2), online: 0.25, store: 0.05, season: 'newYear' },
    { from: addDays(newYear, 3), to: addDays(newYear, 7), online: 0.5, store: 0.9 },
    // 新茶: first pickings before Qingming, then before Guyu.
    { from: on('03-20'), to: on('04-04'), online: 1.8, store: 1.6 },
    { from: on('04-05'), to: on('04-20'), online: 1.5, store: 1.45 },
    { from: on('04-21'), to: on('05-05'), online: 1.2, store: 1.3 },
    { from: addDays(dragon, -10), to: dragon, online: 1.2, store: 1.25 },
    { from: on('06-01'), to: on('06-17'), online: 1.15, store: 1 },
    { from: on('06-18'), to: on('06-18'), online: 5, store: 1.1 },
    { from: on('07-05'), to: on('08-20'), online: 0.8, store: 0.75 },
    { from: addDays(seventh, -3), to: seventh, online: 1.2, store: 1.3 },
    { from: addDays(moon, -23), to: addDays(moon, -3), online: 1.7, store: 1.7, season: 'autumnFeast', gift: 'autumn' },
    { from: addDays(moon, -2), to: moon, online: 0.7, store: 1.8, season: 'autumnFeast' },
    { from: on('10-01'), to: on('10-07'), online: 0.8, store: 1.5 },
    { from: on('11-01'), to: on('11-09'), online: 2.1, store: 1 },
    { from: on('11-10'), to: on('11-10'), online: 4, store: 1.1 },
    { from: on('11-11'), to: on('11-11'), online: 13, store: 1.2 },
    { from: on('11-12'), to: on('11-18'), online: 0.75, store: 0.95 },
    { from: on('12-12'), to: on('12-12'), online: 2, store: 1.1 },
    { from: on('12-30'), to: addDays(on('12-31'), 1), online: 1.1, store: 1.3 },
  ]
}

function lunarDay(year: number, month: number, day: number): Day {
  return Lunar.fromYmd(year, month, day).getSolar().toYmd()
}
