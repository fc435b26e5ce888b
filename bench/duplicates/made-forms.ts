import { diceOf } from '#know/duplicates/likeness/dice.ts'
import type { Person } from '#know/duplicates/likeness/person.ts'
import { type Dice, miskeyed, misspelt, pick } from './misspelt.ts'

/** A set of records with the truth beside it: `who[i]` is the person that record i is of. */
export type MadeSet = { people: Person[]; who: number[] }

/** How a set is spoilt: records a person at most, and how many fields of a copy are changed, and how. */
export type Spoiling = {
  originals: number
  copies: number
  mostOf: number
  changes: number
  otherValue: number
  missing: number
}

const fields = ['given', 'family', 'number', 'street', 'quarter', 'city', 'postcode', 'province', 'birthday'] as const

/**
 * People as Febrl makes them (every field drawn on its own from those of a real set), spoilt by our own hand: other people, other
 * seeds, other rates than the sets that the bench is judged by.
 */
export function madeForms(seed: number, values: readonly Person[], spoiling: Spoiling): MadeSet {
  const dice = diceOf(seed)
  const made: MadeSet = { people: [], who: [] }
  const tell = (person: Omit<Person, 'id'>, who: number) => {
    made.people.push({ ...person, id: made.people.length + 1 })
    made.who.push(who)
  }
  const originals = Array.from({ length: spoiling.originals }, (_, who) => {
    const person = Object.fromEntries(fields.map((field) => [field, pick(dice, values)[field]]))
    tell(person, who)
    return person
  })
  for (let copies = 0; copies < spoiling.copies; ) {
    const who = Math.floor(dice() * originals.length)
    for (let left = 1 + Math.floor(dice() ** 2 * spoiling.mostOf); left > 0 && copies < spoiling.copies; left -= 1) {
      tell(spoilt(dice, originals[who]!, values, spoiling), who)
      copies += 1
    }
  }
  return made
}

function spoilt(
  dice: Dice,
  original: Omit<Person, 'id'>,
  values: readonly Person[],
  spoiling: Spoiling,
): Omit<Person, 'id'> {
  const copy: Record<string, unknown> = { ...original }
  for (let changes = Math.ceil(dice() * spoiling.changes); changes > 0; changes -= 1) {
    const roll = dice()
    if (roll < 0.04) Object.assign(copy, { given: copy.family, family: copy.given })
    else if (roll < 0.06) Object.assign(copy, { street: copy.quarter, quarter: copy.street })
    else {
      const field = pick(dice, fields)
      const value = copy[field]
      if (dice() < spoiling.missing) copy[field] = field === 'birthday' ? null : ''
      else if (dice() < spoiling.otherValue) copy[field] = pick(dice, values)[field]
      else if (field === 'birthday') copy[field] = value && misdated(dice, value as NonNullable<Person['birthday']>)
      else if (typeof value === 'string' && value)
        copy[field] = /^\d+$/.test(value) && value.length > 1 ? miskeyed(dice, value) : misspelt(dice, value)
    }
  }
  return copy
}

function misdated(dice: Dice, { year = 1900, month, day }: NonNullable<Person['birthday']>) {
  if (dice() < 0.3 && day <= 12) return { year, month: day, day: month }
  const text = miskeyed(dice, `${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`)
  return { year: Number(text.slice(0, 4)), month: Number(text.slice(4, 6)), day: Number(text.slice(6)) }
}
