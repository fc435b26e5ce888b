import type { ListingView } from '#know/customers/web/panels.ts'
import type { Condition, CustomerQuery, Stage, ValueClass } from '#understand/query/contract.ts'

/** What the list of customers is asked with, in its address. `where` is a question that a number opened. */
export const view = {
  stage: '',
  class: '',
  country: '',
  city: '',
  owner: '',
  tag: '',
  source: '',
  talked: '',
  own: '',
  where: '',
  asOf: '',
}

/** The question of a view: its filters, and the question behind a number. */
export function questionOf(view: ListingView & { sort?: string }): CustomerQuery {
  const conditions: Condition[] = []
  const opened = openedBy(view.where ?? '')
  if (opened) conditions.push(opened)
  if (view.stage === 'new') conditions.push({ is: 'new' })
  else if (view.stage) conditions.push({ is: 'stage', in: [view.stage as Stage] })
  if (view.class) conditions.push({ is: 'class', in: [view.class as ValueClass] })
  if (view.country) conditions.push({ is: 'text', field: 'country', in: [view.country] })
  if (view.city) conditions.push({ is: 'text', field: 'city', in: [view.city] })
  if (view.owner === 'nobody') conditions.push({ is: 'not', of: { is: 'owned' } })
  else if (/^\d{1,15}$/.test(view.owner ?? '')) conditions.push({ is: 'owner', in: [Number(view.owner)] })
  if (/^\d{1,9}$/.test(view.tag ?? '')) conditions.push({ is: 'tagged', in: [Number(view.tag)] })
  if (view.source === 'unknown') conditions.push({ is: 'not', of: { is: 'came' } })
  else if (/^\d{1,9}$/.test(view.source ?? '')) conditions.push({ is: 'came', in: [Number(view.source)] })
  const own = ownQuestion(view.own ?? '')
  if (own) conditions.push(own)
  const talked = talkedQuestion(view.talked ?? '')
  if (talked) conditions.push(talked)
  const sort = view.sort ?? '-added'
  return {
    where: { is: 'and', of: conditions },
    ...(view.asOf ? { asOf: view.asOf } : {}),
    sort: {
      by: sort.replace(/^-/, '') as CustomerQuery['sort']['by'],
      direction: sort.startsWith('-') ? 'down' : 'up',
    },
  }
}

/** What a view asks of an own field: `3:2` a choice, `3:yes`, `3:10..20` its ends, either open, `3:known`. */
export function ownAsked(
  own: string,
): { fieldId: number; said: string; range?: { from: string; to: string } } | undefined {
  const found = /^(\d{1,9}):(\d{1,4}|yes|no|known|unknown|([-\d.]*?)\.\.([-\d.]*))$/.exec(own)
  if (!found) return undefined
  const [, id, said = '', from, to] = found
  return { fieldId: Number(id), said, ...(from === undefined ? {} : { range: { from, to: to ?? '' } }) }
}

function ownQuestion(own: string): Condition | undefined {
  const asked = ownAsked(own)
  if (!asked) return undefined
  const { fieldId, said, range } = asked
  if (range) return { is: 'own', fieldId, ...endOf('from', range.from), ...endOf('to', range.to) }
  if (said === 'known') return { is: 'own', fieldId }
  if (said === 'unknown') return { is: 'not', of: { is: 'own', fieldId } }
  if (said === 'yes' || said === 'no') return { is: 'own', fieldId, yes: said === 'yes' }
  return { is: 'own', fieldId, in: [Number(said)] }
}

/** One end of a range: a day, or a number; nothing where somebody broke it. */
function endOf(end: 'from' | 'to', said: string): object {
  if (/^\d{4}-\d{2}-\d{2}$/.test(said)) return { [end]: said }
  if (said === '' || !Number.isFinite(Number(said))) return {}
  return { [end === 'from' ? 'atLeast' : 'atMost']: Number(said) }
}

/** By talks: `next` has a day for the next one, `never` was never talked with, `90` not within so many days. */
function talkedQuestion(choice: string): Condition | undefined {
  if (choice === 'next') return { is: 'known', field: 'nextTalk' }
  const never: Condition = { is: 'not', of: { is: 'known', field: 'lastTalked' } }
  if (choice === 'never') return never
  if (!/^\d{1,4}$/.test(choice) || Number(choice) < 1) return undefined
  return { is: 'or', of: [never, { is: 'not', of: { is: 'within', field: 'lastTalked', days: Number(choice) } }] }
}

/** The question that an address carries; none where somebody broke it. The server checks what it says. */
export function openedBy(where: string): Condition | undefined {
  if (!where) return undefined
  try {
    return JSON.parse(where) as Condition
  } catch {
    return undefined
  }
}
