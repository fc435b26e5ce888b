import { leavingText, talkText } from '../people/words.ts'
import type { Agent } from './agent.ts'
import { dayOf } from './calendar.ts'
import { draw, happens } from './chance.ts'
import type { Happening } from './crowd.ts'
import type { Sale } from './sale.ts'
import { isDamaged, leaves, type Visit } from './visits.ts'

/** What staff write down of somebody: a talk at the counter, and why a good customer stays away, when they asked. */
export function* wordsAfter(
  who: Agent,
  visit: Visit,
  next: Visit | undefined,
  sale: Sale,
  customer: number,
): Generator<Happening> {
  const { chance, habit, outlet } = who
  const close = habit === 'regular' || habit === 'devotee' || habit === 'collector' || habit === 'house'
  if (!outlet.online && close && visit.inSpell < 6 && happens(chance, 0.12, 'word', visit.index)) {
    yield { what: 'word', at: sale.at + 300_000, customer, field: 'notes', text: talkText(chance, visit.index) }
  }
  const gone = leaves(who, visit) && (!next || next.day - visit.day > 130)
  if (!gone || (!close && habit !== 'taster')) return
  if (!happens(chance, habit === 'taster' ? 0.12 : 0.5, 'word', visit.index, 1)) return
  const asked = sale.at + (95 + draw(chance, 'word', visit.index, 2) * 30) * 86_400_000
  const text = leavingText(chance, isDamaged(who, visit.index))
  yield {
    what: 'word',
    at: Math.floor(asked / 1000) * 1000,
    customer,
    field: 'notes',
    text: `${dayOf(asked)} 回访：${text}`,
  }
}
