import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Person } from '#know/duplicates/likeness/person.ts'
import type { MadeSet } from './made-forms.ts'

export type FebrlSet = MadeSet & {
  /** The number that the plain rule may look at; ours may not. */
  numbers: string[]
}

/** A set of Febrl: `rec-N-org` and `rec-N-dup-M` are person N. */
export function febrl(path: string): FebrlSet {
  const raw = readFileSync(path)
  const [, ...lines] = (path.endsWith('.gz') ? gunzipSync(raw) : raw).toString('utf8').trim().split('\n')
  const set: FebrlSet = { people: [], who: [], numbers: [] }
  for (const line of lines) {
    const [id, given, family, number, street, quarter, city, postcode, province, birth, social] = line
      .split(',')
      .map((cell) => cell.trim())
    set.who.push(Number(id!.split('-')[1]))
    set.numbers.push(social ?? '')
    set.people.push({
      id: set.people.length + 1,
      given,
      family,
      number,
      street,
      quarter,
      city,
      postcode,
      province,
      birthday: birthdayOf(birth!),
    })
  }
  return set
}

/** As it is written: wrong days are part of the set. */
function birthdayOf(text: string): Person['birthday'] {
  if (!/^\d{8}$/.test(text)) return null
  return { year: Number(text.slice(0, 4)), month: Number(text.slice(4, 6)), day: Number(text.slice(6)) }
}
