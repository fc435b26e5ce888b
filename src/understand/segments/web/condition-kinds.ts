import type { Condition } from '#understand/query/contract.ts'
import { type Part, textFields } from './condition-parts.ts'
import { behaviour } from './kinds/behaviour.ts'
import { forecasts } from './kinds/forecasts.ts'
import { people } from './kinds/people.ts'
import { person } from './kinds/person.ts'
import { places } from './kinds/places.ts'
import { purchases } from './kinds/purchases.ts'
import { standing } from './kinds/standing.ts'

const groups = { standing, purchases, behaviour, person, places, forecasts, people }

const table = { ...standing, ...purchases, ...behaviour, ...person, ...places, ...forecasts, ...people }

export type Kind = keyof typeof table

/** The kinds that one chooses from, by what they are about: each condition of the language is one of them. */
export const kindsBy = Object.entries(groups).map(([about, kinds]) => ({ about, kinds: Object.keys(kinds) as Kind[] }))

export function begin(kind: Kind): Condition {
  return structuredClone(table[kind].begin) as unknown as Condition
}

export function partsOf(kind: Kind): readonly Part[] {
  return table[kind].parts
}

/** A condition that joins no others. */
export type Leaf = Exclude<Condition, { is: 'and' | 'or' | 'not' }>

/** Which of the kinds a condition is. */
export function kindOf(one: Leaf): Kind {
  switch (one.is) {
    case 'text':
    case 'number':
      return one.field
    case 'orders':
      return one.of
    case 'orderDay':
      return one.which === 'first' ? 'first' : 'lastOf'
    case 'foretold':
      return one.of.startsWith('value') ? 'expected' : 'chance'
    case 'daysTo':
      return one.of === 'birthday' ? 'birthday' : 'anniversary'
    case 'known':
      return one.field === 'birthday' || one.field === 'region' || textFields.some((field) => field === one.field)
        ? 'known'
        : 'knownDay'
    default:
      return one.is
  }
}
