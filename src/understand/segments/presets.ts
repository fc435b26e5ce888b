import type { Context } from '#platform/context.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import type { Condition, ValueClass } from '#understand/query/contract.ts'
import { format } from '#understand/query/index.ts'
import { namesFor } from '#understand/value/index.ts'

type Preset = { key: string; group: 'value' | 'practice'; question: Condition }

const all = (...of: Condition[]): Condition => ({ is: 'and', of })
const not = (of: Condition): Condition => ({ is: 'not', of })
const inClass = (one: ValueClass): Preset => ({ key: one, group: 'value', question: { is: 'class', in: [one] } })

/** Groups of shop practice: name and advice stand in the messages as `segments.preset.<key>`. */
const presets: readonly Preset[] = [
  inClass('retain'),
  inClass('develop'),
  inClass('loyal'),
  inClass('ordinary'),
  { key: 'new_buyers', group: 'practice', question: { is: 'within', field: 'firstPurchase', days: 30 } },
  {
    key: 'second_purchase',
    group: 'practice',
    question: all(
      { is: 'number', field: 'purchases', atLeast: 1, atMost: 1 },
      { is: 'number', field: 'daysSince', atLeast: 30, atMost: 90 },
    ),
  },
  {
    key: 'regulars',
    group: 'practice',
    question: all({ is: 'orders', of: 'count', days: 90, atLeast: 3 }, { is: 'stage', in: ['active'] }),
  },
  {
    key: 'big_and_silent',
    group: 'practice',
    question: all({ is: 'class', in: ['retain', 'develop'] }, { is: 'stage', in: ['silent', 'sleeping'] }),
  },
  { key: 'silent', group: 'practice', question: { is: 'stage', in: ['silent'] } },
  { key: 'birthday', group: 'practice', question: { is: 'daysTo', of: 'birthday', atMost: 7 } },
  {
    key: 'festival_buyers',
    group: 'practice',
    question: all(
      { is: 'orders', of: 'count', during: { of: 'mid_autumn', before: 30 }, atLeast: 1 },
      { is: 'orders', of: 'count', days: 90, atMost: 0 },
    ),
  },
  {
    key: 'cart_left',
    group: 'practice',
    question: { is: 'sequence', days: 30, steps: [{ did: 'carted' }, { did: 'bought', not: true, within: 3 }] },
  },
  {
    key: 'favourites',
    group: 'practice',
    question: all({ is: 'did', kind: 'favoured', days: 60 }, { is: 'orders', of: 'count', days: 60, atMost: 0 }),
  },
  {
    key: 'lost',
    group: 'practice',
    question: all({ is: 'stage', in: ['lost'] }, { is: 'number', field: 'purchases', atLeast: 2 }),
  },
  {
    key: 'looked_only',
    group: 'practice',
    question: all({ is: 'did', kind: 'viewed', days: 30, atLeast: 3 }, not({ is: 'bought' })),
  },
]

/** Segments to begin with, in the reader's language. */
export async function presetsFor(ctx: Context) {
  const locale = ctx.actor.locale as Locale
  const names = await namesFor(ctx)
  return presets.map((one) => ({
    ...one,
    name: say(locale, `segments.preset.${one.key}`),
    advice: say(locale, `segments.preset.${one.key}.advice`),
    text: format(one.question, names),
  }))
}
