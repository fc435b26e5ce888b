import { addressParts, withoutPlace } from './address-parts.ts'
import { nameParts, plain, reading } from './name-parts.ts'
import type { Person } from './person.ts'
import { solarDay } from './solar-day.ts'
import { sharedCopy, type WordPool, type Words, wordPool } from './word-pool.ts'

/** What of a person is one word, in the order in which it lies in `Register.columns`. */
export const columns = [
  'given',
  'family',
  'whole',
  'gender',
  'birth',
  'solar',
  'monthDay',
  'number',
  'street',
  'quarter',
  'district',
  'city',
  'province',
  'postcode',
] as const
export type Column = (typeof columns)[number]

/** Words are compared within a domain: given and family names are often swapped, so they share one. */
export const domains = {
  name: 1,
  gender: 2,
  birth: 3,
  monthDay: 4,
  number: 5,
  text: 6,
  postcode: 7,
  phone: 8,
  email: 9,
  mailbox: 10,
}

/** People as columns of numbers, sharable between threads. Person i has `columns.family[i]`; 0 is not known. */
export type Register = {
  size: number
  ids: Float64Array
  words: Words
  /** How a word of a name reads: the word of its Latin letters. Of other words: itself. */
  readings: Int32Array
  columns: Record<Column, Int32Array>
  /** Whose birthday is by the moon's calendar. */
  lunar: Uint8Array
  phones: Int32Array
  phonesFrom: Int32Array
  emails: Int32Array
  mailboxes: Int32Array
  emailsFrom: Int32Array
}

export type RegisterMaker = { add(person: Person): void; register(): Register }

/** Takes people one after another; nothing of them is kept but numbers and letters. */
export function registerMaker(expected = 1024): RegisterMaker {
  const pool = wordPool(expected)
  let room = Math.max(16, expected)
  let size = 0
  let ids = new Float64Array(room)
  let lunar = new Uint8Array(room)
  let lists = new Int32Array(room * 2)
  const phones: number[] = []
  const emails: number[] = []
  const mailboxes: number[] = []
  const of = Object.fromEntries(columns.map((name) => [name, new Int32Array(room)])) as Record<Column, Int32Array>
  const readings: number[] = [0]

  const nameWord = (part: string, isFamily: boolean): number => {
    const word = pool.wordOf(domains.name, part)
    if (word !== 0 && readings[word] === undefined) {
      const read = pool.wordOf(domains.name, reading(part, isFamily))
      readings[word] = read
      readings[read] ??= read
    }
    return word
  }
  const textWord = (domain: number, text: string | null | undefined) =>
    text ? counted(pool, pool.wordOf(domain, plain(text))) : 0

  return {
    add(person) {
      if (size === room) {
        room *= 2
        ids = copied(ids, new Float64Array(room))
        lunar = copied(lunar, new Uint8Array(room))
        lists = copied(lists, new Int32Array(room * 2))
        for (const name of columns) of[name] = copied(of[name], new Int32Array(room))
      }
      const at = size
      size += 1
      ids[at] = person.id

      const { given, family } = partsOf(person)
      of.given[at] = counted(pool, nameWord(given, false))
      of.family[at] = counted(pool, nameWord(family, true))
      const read = [reading(family, true), reading(given, false)]
      // Rotations of a name read the same: what matters is which letters follow each other, wherever the name is cut.
      if (read[0] && read[1]) of.whole[at] = pool.wordOf(domains.name, least(read[0], read[1]))
      of.gender[at] = textWord(domains.gender, person.gender)

      const { birthday } = person
      if (birthday) {
        const monthDay = `${digits(birthday.month, 2)}${digits(birthday.day, 2)}`
        of.monthDay[at] = counted(pool, pool.wordOf(domains.monthDay, monthDay))
        of.birth[at] = birthday.year
          ? counted(pool, pool.wordOf(domains.birth, `${digits(birthday.year, 4)}${monthDay}`))
          : 0
        of.solar[at] = of.birth[at]!
        if (birthday.calendar === 'lunar') {
          lunar[at] = 1
          of.solar[at] = pool.wordOf(domains.birth, solarDay(birthday))
        }
      }

      const { district, city, province } = person
      const apart = person.address
        ? addressParts(withoutPlace(person.address, [province, city, district]))
        : { number: person.number ?? '', street: person.street ?? '' }
      of.number[at] = textWord(domains.number, person.address ? apart.number : apart.number.replace(/^0+(?=\d)/, ''))
      of.street[at] = textWord(domains.text, apart.street)
      of.quarter[at] = textWord(domains.text, person.quarter)
      of.district[at] = textWord(domains.text, district)
      of.city[at] = textWord(domains.text, city)
      of.province[at] = textWord(domains.text, province)
      of.postcode[at] = textWord(domains.postcode, person.postcode)

      lists[at * 2] = phones.length
      for (const phone of person.phones ?? []) phones.push(counted(pool, pool.wordOf(domains.phone, phone)))
      lists[at * 2 + 1] = emails.length
      for (const email of person.emails ?? []) {
        emails.push(counted(pool, pool.wordOf(domains.email, email)))
        mailboxes.push(counted(pool, pool.wordOf(domains.mailbox, email.slice(0, email.lastIndexOf('@')))))
      }
    },
    register() {
      const words = pool.shared()
      const allReadings = new Int32Array(pool.size())
      for (let word = 0; word < allReadings.length; word += 1) allReadings[word] = readings[word] ?? word
      const starts = (offset: number, end: number) => {
        const from = new Int32Array(new SharedArrayBuffer((size + 1) * 4))
        for (let at = 0; at < size; at += 1) from[at] = lists[at * 2 + offset]!
        from[size] = end
        return from
      }
      const result: Register = {
        size,
        ids: new Float64Array(new SharedArrayBuffer(size * 8)),
        words,
        readings: sharedCopy(allReadings, Int32Array),
        columns: Object.fromEntries(
          columns.map((name) => [name, sharedCopy(of[name].subarray(0, size), Int32Array)]),
        ) as Record<Column, Int32Array>,
        lunar: sharedCopy(lunar.subarray(0, size), Uint8Array),
        phones: sharedCopy(Int32Array.from(phones), Int32Array),
        phonesFrom: starts(0, phones.length),
        emails: sharedCopy(Int32Array.from(emails), Int32Array),
        mailboxes: sharedCopy(Int32Array.from(mailboxes), Int32Array),
        emailsFrom: starts(1, emails.length),
      }
      result.ids.set(ids.subarray(0, size))
      return result
    },
  }
}

export function registerOf(people: Iterable<Person>): Register {
  const maker = registerMaker()
  for (const person of people) maker.add(person)
  return maker.register()
}

function partsOf({ name, given, family }: Person) {
  if (given || family) return { given: plain(given ?? ''), family: plain(family ?? '') }
  return name ? nameParts(name) : { given: '', family: '' }
}

function counted(pool: WordPool, word: number): number {
  if (word !== 0) pool.count(word)
  return word
}

function copied<T extends Float64Array | Uint8Array | Int32Array>(values: T, into: T): T {
  into.set(values as never)
  return into
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0')
}

function least(a: string, b: string): string {
  return [a + b, b + a].sort()[0]!
}
