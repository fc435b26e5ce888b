import type { Condition } from '../../contract.ts'
import { type Clauses, dayClauses, daysWritten, inBrackets, readClauses, readList } from '../clauses.ts'
import { endsWritten, named, readEnds } from '../ends.ts'
import { form } from '../form.ts'
import type { Names } from '../names.ts'
import { listWritten, nameWritten, numberWritten, textWritten } from '../written.ts'

type Own = Extract<Condition, { is: 'own' }>

const moneyOf = (names: Names, fieldId: number) => names.fieldKind(fieldId) === 'money'

/** What may be asked of a field, by what suits its kind. */
const clausesOf = (fieldId: number): Clauses<Own> => ({
  choice: (reader) => ({ in: readList(reader, () => reader.id('choice', fieldId)) }),
  value(reader) {
    const number = () => reader.number({ money: moneyOf(reader.names, fieldId), whole: false })
    const ends = readEnds(reader, number)
    if (ends.from === undefined && ends.to === undefined) return reader.fail()
    return named(ends, 'atLeast', 'atMost')
  },
  from: dayClauses.from!,
  to: dayClauses.to!,
  yes: () => ({ yes: true }),
  no: () => ({ yes: false }),
  text: (reader) => ({ texts: readList(reader, () => reader.text()) }),
  sure: () => ({ sure: true }),
})

/** `own(皮肤, choice = 干性)`, `own(身高, value >= 170)`, `own(会员日, from 2026-01-01)`, `own(孕期, yes)`; `own(皮肤)`: known. */
export const own = form({
  is: ['own'],
  heads: ['own'],
  read(reader) {
    let fieldId = 0
    // What may follow depends on the field, which stands first.
    const later: Clauses<Own> = Object.fromEntries(
      Object.keys(clausesOf(0)).map((word) => [word, (at) => clausesOf(fieldId)[word]!(at)]),
    )
    const found = readClauses<Own>(reader, later, () => {
      fieldId = reader.id('field')
      return { fieldId }
    })
    return { ...found, is: 'own', fieldId }
  },
  write({ fieldId, atLeast, atMost, yes, texts, sure, from, to, ...one }, names) {
    const number = (value: number) => numberWritten(value, moneyOf(names, fieldId) ? names.digits : 0)
    const value = endsWritten({ from: atLeast, to: atMost }, number)
    return `own${inBrackets([
      nameWritten(names, 'field', fieldId),
      ...(one.in ? [`choice ${listWritten(one.in.map((id) => nameWritten(names, 'choice', id, fieldId)))}`] : []),
      ...(value ? [`value${value}`] : []),
      ...daysWritten({ from, to }),
      ...(yes === undefined ? [] : [yes ? 'yes' : 'no']),
      ...(texts ? [`text ${listWritten(texts.map(textWritten))}`] : []),
      ...(sure ? ['sure'] : []),
    ])}`
  },
})
