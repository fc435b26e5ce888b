import { readList, readSure, sureWritten } from '../clauses.ts'
import { endsWritten, named, nextNumber, readEnds } from '../ends.ts'
import { form } from '../form.ts'
import { wordOf, wordsIn, yearlyWords } from '../words.ts'
import { listWritten } from '../written.ts'

/** Days that come every year: `days_to(birthday) <= 7`, `age between 25 and 34`, `birth_month in (3, 4)`. */
export const birthday = [
  form({
    is: ['daysTo'],
    heads: ['days_to'],
    read(reader) {
      reader.mustSign('(')
      const of = yearlyWords[reader.mustWord(...wordsIn(yearlyWords))]
      reader.mustSign(')')
      const ends = readEnds(reader, () => reader.number(), nextNumber)
      return { is: 'daysTo', of, ...named(ends, 'atLeast', 'atMost'), ...readSure(reader) }
    },
    write: ({ of, atLeast, atMost, sure }) =>
      `days_to(${wordOf(yearlyWords, of)})${endsWritten({ from: atLeast, to: atMost }, String)}${sureWritten({ sure })}`,
  }),
  form({
    is: ['age'],
    heads: ['age'],
    read: (reader) => ({
      is: 'age',
      ...named(
        readEnds(reader, () => reader.number(), nextNumber),
        'atLeast',
        'atMost',
      ),
      ...readSure(reader),
    }),
    write: ({ atLeast, atMost, sure }) =>
      `age${endsWritten({ from: atLeast, to: atMost }, String)}${sureWritten({ sure })}`,
  }),
  form({
    is: ['birthMonth'],
    heads: ['birth_month'],
    read: (reader) => ({ is: 'birthMonth', in: readList(reader, () => reader.number()), ...readSure(reader) }),
    write: (one) => `birth_month ${listWritten(one.in.map(String))}${sureWritten(one)}`,
  }),
]
