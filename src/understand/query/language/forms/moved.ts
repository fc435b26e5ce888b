import { type Condition, stages } from '../../contract.ts'
import { type Clauses, dayClauses, daysWritten, inBrackets, readClauses } from '../clauses.ts'
import { form } from '../form.ts'

type Moved = Extract<Condition, { is: 'moved' }>

const later: Clauses<Moved> = {
  out: (reader) => ({ out: reader.mustWord(...stages) }),
  ...(dayClauses as Clauses<Moved>),
}

/** `moved(into lost, last 30 days)`, `moved(into active, out lost, from 2026-01-01)`. */
export const moved = form({
  is: ['moved'],
  heads: ['moved'],
  read(reader) {
    const { into = 'silent', ...more } = readClauses<Moved>(reader, later, () => {
      reader.mustWord('into')
      return { into: reader.mustWord(...stages) }
    })
    return { ...more, is: 'moved', into }
  },
  write: ({ out, into, ...days }) =>
    `moved${inBrackets([`into ${into}`, ...(out ? [`out ${out}`] : []), ...daysWritten(days)])}`,
})
