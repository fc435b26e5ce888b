import type { Condition } from '../../contract.ts'
import { type Clauses, dayClauses, daysWritten, inBrackets, readClauses, readList } from '../clauses.ts'
import { form } from '../form.ts'
import { listWritten, nameWritten } from '../written.ts'

type Came = Extract<Condition, { is: 'came' }>

const clauses: Clauses<Omit<Came, 'is'>> = {
  from: dayClauses.from!,
  to: dayClauses.to!,
  // 0 is no way of the shop's: it is not said by which one came.
  way: (reader) => ({ in: readList(reader, () => (reader.word('unnamed') ? 0 : reader.id('way'))) }),
}

/** `came(way = 抖音, from 2026-01-01)`; `came`: whether anything is said of it. */
export const came = form({
  is: ['came'],
  heads: ['came'],
  read: (reader) => ({ is: 'came', ...readClauses(reader, clauses) }),
  write: (one, names) =>
    `came${inBrackets([
      ...(one.in
        ? [`way ${listWritten(one.in.map((id) => (id === 0 ? 'unnamed' : nameWritten(names, 'way', id))))}`]
        : []),
      ...daysWritten({ from: one.from, to: one.to }),
    ])}`,
})
