import { channels, knownBy, purposes } from '../../contract.ts'
import { duringWritten, readDuring, readLast } from '../clauses.ts'
import { endsWritten, named, nextDay, nextNumber, readEnds } from '../ends.ts'
import { form } from '../form.ts'
import { birthWords, dayWords, numberWords, readWords, scoreWords, textWords, wordOf, wordsIn } from '../words.ts'
import { numberWritten } from '../written.ts'

const known = { ...textWords, ...readWords, ...dayWords, ...birthWords }

/** One word, a field between two ends, or a word in brackets. */
export const plain = [
  form({
    is: ['everyone', 'new', 'owned'],
    heads: ['everyone', 'new', 'owned'],
    read: (_, head) => ({ is: head as 'everyone' | 'new' | 'owned' }),
    write: (one) => one.is,
  }),
  form({
    is: ['number'],
    heads: wordsIn(numberWords),
    read(reader, head) {
      const field = numberWords[head as keyof typeof numberWords]
      const ends = readEnds(reader, () => reader.number({ money: field === 'revenue' }), nextNumber)
      return { is: 'number', field, ...named(ends, 'atLeast', 'atMost') }
    },
    write({ field, atLeast, atMost }, { digits }) {
      const number = (value: number) => numberWritten(value, field === 'revenue' ? digits : 0)
      return wordOf(numberWords, field) + endsWritten({ from: atLeast, to: atMost }, number)
    },
  }),
  form({
    is: ['day', 'within'],
    heads: wordsIn(dayWords),
    read(reader, head) {
      const field = dayWords[head as keyof typeof dayWords]
      if (reader.word('in')) {
        reader.mustWord('last')
        return { is: 'within', field, days: readLast(reader) }
      }
      const ends = named(
        readEnds(reader, () => reader.day(), nextDay),
        'from',
        'to',
      )
      return { is: 'day', field, ...ends, ...(reader.word('during') ? { during: readDuring(reader) } : {}) }
    },
    write: (one) =>
      wordOf(dayWords, one.field) +
      (one.is === 'within'
        ? ` in last ${one.days} days`
        : `${endsWritten(one, (day) => day)}${one.during ? ` ${duringWritten(one.during)}` : ''}`),
  }),
  form({
    is: ['known'],
    heads: ['known'],
    read(reader) {
      reader.mustSign('(')
      const field = known[reader.mustWord(...wordsIn(known))]
      const sure = reader.sign(',') && reader.mustWord('sure')
      reader.mustSign(')')
      return { is: 'known', field, ...(sure ? { sure: true } : {}) }
    },
    write: (one) => `known(${wordOf(known, one.field)}${one.sure ? ', sure' : ''})`,
  }),
  form({
    is: ['has'],
    heads: ['has'],
    read(reader) {
      reader.mustSign('(')
      const what = reader.mustWord(...knownBy)
      reader.mustSign(')')
      return { is: 'has', what }
    },
    write: (one) => `has(${one.what})`,
  }),
  form({
    is: ['may'],
    heads: ['may'],
    read(reader) {
      reader.mustSign('(')
      const by = reader.mustWord(...channels)
      let purpose: (typeof purposes)[number] = 'promotion'
      if (reader.sign(',')) {
        reader.mustWord('for')
        purpose = reader.mustWord(...purposes)
      }
      reader.mustSign(')')
      return { is: 'may', by, for: purpose }
    },
    write: (one) => `may(${one.by}, for ${one.for})`,
  }),
  form({
    is: ['score'],
    heads: ['score'],
    read(reader) {
      reader.mustSign('(')
      const of = scoreWords[reader.mustWord(...wordsIn(scoreWords))]
      reader.mustSign(')')
      return {
        is: 'score',
        of,
        ...named(
          readEnds(reader, () => reader.number(), nextNumber),
          'atLeast',
          'atMost',
        ),
      }
    },
    write: ({ of, atLeast, atMost }) =>
      `score(${wordOf(scoreWords, of)})${endsWritten({ from: atLeast, to: atMost }, (value) => numberWritten(value))}`,
  }),
  form({
    is: ['share'],
    heads: ['share'],
    read(reader) {
      reader.mustSign('(')
      const percent = reader.number()
      reader.mustWord('percent')
      reader.mustSign(',')
      reader.mustWord('seed')
      const seed = reader.number()
      reader.mustSign(')')
      return { is: 'share', percent, seed }
    },
    write: ({ percent, seed }) => `share(${percent} percent, seed ${seed})`,
  }),
]
