import type { Condition } from '../../contract.ts'
import {
  type Clauses,
  dayClauses,
  daysWritten,
  inBrackets,
  productClauses,
  productsWritten,
  readClauses,
  readNames,
} from '../clauses.ts'
import { endsWritten, named, nextNumber, readEnds } from '../ends.ts'
import { form } from '../form.ts'
import { listWritten, nameWritten } from '../written.ts'

type Reviewed = Extract<Condition, { is: 'reviewed' }>
type Parcel = Extract<Condition, { is: 'parcel' }>

const steps = ['shipped', 'delivered', 'received'] as const

const reviewClauses = {
  ...dayClauses,
  ...productClauses,
  rating(reader) {
    const ends = readEnds(reader, () => reader.number(), nextNumber)
    if (ends.from === undefined && ends.to === undefined) return reader.fail()
    return named(ends, 'ratingFrom', 'ratingTo')
  },
  answered: () => ({ answered: 'yes' }),
  unanswered: () => ({ answered: 'no' }),
} as Clauses<Reviewed>

const parcelClauses = {
  ...dayClauses,
  ...productClauses,
  not: (reader) => ({ not: reader.mustWord(...steps) }),
  after: (reader) => ({ after: reader.mustWord('placed', 'shipped') }),
  shop: (reader) => ({ shopIds: readNames(reader, 'shop') }),
} as Clauses<Parcel>

/** `reviewed(last 90 days, rating <= 2, unanswered) >= 1`; `parcel(shipped, not received) >= 7`, `parcel(delivered, after shipped) > 5`. */
export const record = [
  form({
    is: ['reviewed'],
    heads: ['reviewed'],
    read(reader) {
      const clauses = readClauses<Reviewed>(reader, reviewClauses)
      const ends = readEnds(reader, () => reader.number(), nextNumber)
      return { ...clauses, is: 'reviewed', ...named(ends, 'atLeast', 'atMost') }
    },
    write: (one, names) =>
      `reviewed${inBrackets([
        ...(one.ratingFrom === undefined && one.ratingTo === undefined
          ? []
          : [`rating${endsWritten({ from: one.ratingFrom, to: one.ratingTo }, String)}`]),
        ...(one.answered === undefined ? [] : [one.answered === 'yes' ? 'answered' : 'unanswered']),
        ...daysWritten(one),
        ...productsWritten(one, names),
      ])}${endsWritten({ from: one.atLeast, to: one.atMost }, String)}`,
  }),
  form({
    is: ['parcel'],
    heads: ['parcel'],
    read(reader) {
      const { step = 'shipped', ...clauses } = readClauses<Parcel>(reader, parcelClauses, () => ({
        step: reader.mustWord(...steps),
      }))
      const ends = readEnds(reader, () => reader.number(), nextNumber)
      return { ...clauses, is: 'parcel', step, ...named(ends, 'atLeast', 'atMost') }
    },
    write: (one, names) =>
      `parcel${inBrackets([
        one.step,
        ...(one.not ? [`not ${one.not}`] : []),
        ...(one.after ? [`after ${one.after}`] : []),
        ...daysWritten(one),
        ...productsWritten(one, names),
        ...(one.shopIds ? [`shop ${listWritten(one.shopIds.map((id) => nameWritten(names, 'shop', id)))}`] : []),
      ])}${endsWritten({ from: one.atLeast, to: one.atMost }, String)}`,
  }),
]
