import { addDays } from '#platform/days.ts'
import {
  didAsked,
  firstBoughtAsked,
  movedAsked,
  ordersAsked,
  parcelAsked,
  pathAsked,
  reviewedAsked,
  sequenceAsked,
  windowOf,
} from './ask-orders.ts'
import { contactBit } from './contact-bits.ts'
import type { Condition, Stage } from './contract.ts'
import { distanceAsked } from './distance-asked.ts'
import type { Column, OwnTest, Primitive, SureField } from './primitive.ts'
import type { Yardstick } from './yardstick.ts'

const dayColumns = {
  firstPurchase: 'first_purchase',
  lastPurchase: 'last_purchase',
  added: 'added',
  lastTalked: 'last_talked',
  nextTalk: 'next_talk',
} as const

/**
 * A question in the few primitive conditions. Stages become ranges of the last purchase's day, so that no stored stage can rot.
 * @throws Error when the yardstick lacks a measure that the question needs
 */
export function desugar(tree: Condition, yardstick: Yardstick): Primitive {
  switch (tree.is) {
    case 'everyone':
      return { is: 'yes' }
    case 'and':
    case 'or':
      return { is: tree.is, of: tree.of.map((one) => desugar(one, yardstick)) }
    case 'not':
      return { is: 'not', of: desugar(tree.of, yardstick) }
    case 'stage':
      return { is: 'or', of: tree.in.map((stage) => stageRange(stage, yardstick)) }
    case 'new': {
      const { active } = measure(yardstick, 'thresholds')
      return definite('first_purchase', { from: addDays(yardstick.asOf, 1 - active) })
    }
    case 'class':
      return measure(yardstick, 'cuts').groups === 0 ? { is: 'unknown' } : { is: 'classed', among: tree.in }
    case 'score':
      return measure(yardstick, 'cuts').groups === 0
        ? { is: 'unknown' }
        : { is: 'scored', score: tree.of, from: tree.atLeast, to: tree.atMost }
    case 'text':
      return surely(tree.field, tree, { is: 'among', column: tree.field, values: tree.in })
    case 'known':
      if (tree.sure) return { is: 'sureKnown', field: tree.field as SureField }
      if (tree.field === 'birthday') return { is: 'birthKnown', column: 'birth_code' }
      if (tree.field === 'region') return { is: 'regionKnown' }
      if (tree.field === 'birthYear') return { is: 'birthKnown', column: 'birth_year' }
      return { is: 'not', of: { is: 'null', column: columnOf(tree.field) } }
    case 'day':
      return { is: 'between', column: dayColumns[tree.field], ...windowOf(tree, yardstick.asOf) }
    case 'within':
      return {
        is: 'between',
        column: dayColumns[tree.field],
        from: addDays(yardstick.asOf, 1 - tree.days),
        to: yardstick.asOf,
      }
    case 'region':
      return surely('region', tree, { is: 'region', among: tree.in })
    case 'distance':
    case 'nearest': {
      const asked = distanceAsked(tree, yardstick)
      return asked ? { is: 'distance', asked } : { is: 'unknown' }
    }
    case 'daysTo': {
      const ahead = { on: yardstick.asOf, from: tree.atLeast, to: tree.atMost }
      return tree.of === 'birthday'
        ? surely('birthday', tree, { is: 'birthday', ...ahead })
        : { is: 'anniversary', column: dayColumns[tree.of], ...ahead }
    }
    case 'age':
      return surely('birthday', tree, { is: 'age', on: yardstick.asOf, from: tree.atLeast, to: tree.atMost })
    case 'birthMonth':
      return surely('birthday', tree, { is: 'birthday', on: yardstick.asOf, months: tree.in })
    case 'number':
      if (tree.field === 'daysSince') return daysSince(tree, yardstick)
      return { is: 'between', column: tree.field, from: tree.atLeast, to: tree.atMost }
    case 'has':
      if (tree.what === 'phone' || tree.what === 'email') return { is: 'flag', column: `has_${tree.what}` }
      return { is: 'knownBy', kinds: [tree.what] }
    case 'may':
      return yardstick.past ? { is: 'unknown' } : { is: 'may', bit: contactBit(tree.by, tree.for) }
    case 'owner':
      return { is: 'owners', among: tree.in }
    case 'owned':
      return { is: 'owned' }
    case 'came':
      return { is: 'came', among: tree.in, from: tree.from, to: tree.to }
    case 'tagged':
      return {
        is: 'tagged',
        families: tree.in.map((id) => measure(yardstick, 'tags').get(id) ?? [id]),
        on: yardstick.asOf,
      }
    case 'picked':
      return { is: 'picked', segmentIds: tree.in, out: tree.out ?? false, on: yardstick.asOf }
    case 'state':
      return { is: 'state', among: tree.in }
    case 'snapshot':
      return { is: 'snapshot', ids: tree.in }
    case 'own':
      return own(tree)
    case 'shop':
      // Who asks for some shops learns of no other, not even that somebody buys there too.
      return { is: 'shops', among: tree.in.filter((id) => yardstick.shopIds?.includes(id) ?? true) }
    case 'foretold':
      return yardstick.narrow
        ? { is: 'unknown' }
        : { is: 'foretold', column: tree.of, from: tree.atLeast, to: tree.atMost }
    case 'foretoldDay':
      return yardstick.narrow
        ? { is: 'unknown' }
        : { is: 'foretold', column: tree.of === 'next' ? 'next_day' : 'call_before', from: tree.from, to: tree.to }
    case 'foretoldBy':
      return yardstick.narrow ? { is: 'unknown' } : { is: 'foretoldBy', among: tree.in }
    case 'foretoldAction':
      return yardstick.narrow ? { is: 'unknown' } : { is: 'foretoldAction', among: tree.in, on: yardstick.asOf }
    case 'likely': {
      const { model } = yardstick
      if (yardstick.narrow || model === undefined) return { is: 'unknown' }
      return { is: 'likely', asked: { model, productIds: tree.productIds, top: tree.top } }
    }
    case 'bought':
      return bought(tree, yardstick)
    case 'boughtProduct': {
      const { asOf, shopIds } = yardstick
      const to = tree.to && tree.to < asOf ? tree.to : asOf
      return { is: 'boughtProduct', productId: tree.productId, times: tree.times ?? 1, from: tree.from, to, shopIds }
    }
    case 'orders':
    case 'orderDay':
      return { is: 'orders', asked: ordersAsked(tree, yardstick) }
    case 'moved':
      return { is: 'moved', asked: movedAsked(tree, yardstick) }
    case 'firstBought':
      return { is: 'firstBought', asked: firstBoughtAsked(tree, yardstick) }
    case 'did':
      return { is: 'did', asked: didAsked(tree, yardstick) }
    case 'sequence':
      return { is: 'sequence', asked: sequenceAsked(tree, yardstick) }
    case 'reviewed':
      return { is: 'reviewed', asked: reviewedAsked(tree, yardstick) }
    case 'parcel':
      return { is: 'parcel', asked: parcelAsked(tree, yardstick) }
    case 'path':
      return { is: 'path', asked: { ...pathAsked(tree, yardstick), steps: tree.steps } }
    case 'share':
      return tree
    case 'segment':
      throw new Error('segments are put in their place before (segment.ts)')
  }
}

/** Who never bought stands in a stage of their own, so no stage is ever unknown. */
function stageRange(stage: Stage, yardstick: Yardstick): Primitive {
  if (stage === 'never') return { is: 'null', column: 'last_purchase' }
  const { active, silent, sleeping } = measure(yardstick, 'thresholds')
  const ago = (days: number) => addDays(yardstick.asOf, -days)
  const ranges = {
    active: { from: ago(active - 1) },
    silent: { from: ago(silent - 1), to: ago(active) },
    sleeping: { from: ago(sleeping - 1), to: ago(silent) },
    lost: { to: ago(sleeping) },
  }
  return definite('last_purchase', ranges[stage])
}

/** A range in which an unknown day is a plain no. */
function definite(column: Column, range: { from?: string; to?: string }): Primitive {
  return {
    is: 'and',
    of: [
      { is: 'not', of: { is: 'null', column } },
      { is: 'between', column, ...range },
    ],
  }
}

function daysSince({ atLeast, atMost }: { atLeast?: number; atMost?: number }, { asOf }: Yardstick): Primitive {
  return {
    is: 'between',
    column: 'last_purchase',
    from: atMost === undefined ? undefined : addDays(asOf, -within(atMost)),
    to: atLeast === undefined ? undefined : addDays(asOf, -within(atLeast)),
  }
}

/** What was not said by the person or by staff is taken as not known. */
function surely(field: SureField, { sure }: { sure?: true }, of: Primitive): Primitive {
  return sure ? { is: 'sure', field, of } : of
}

function own({ fieldId, sure, ...tree }: Extract<Condition, { is: 'own' }>): Primitive {
  const tests: OwnTest[] = [
    ...(tree.in ? [{ by: 'choices' as const, among: tree.in }] : []),
    ...(tree.atLeast !== undefined || tree.atMost !== undefined
      ? [{ by: 'number' as const, from: tree.atLeast, to: tree.atMost }]
      : []),
    ...(tree.yes === undefined ? [] : [{ by: 'number' as const, from: Number(tree.yes), to: Number(tree.yes) }]),
    ...(tree.from || tree.to ? [{ by: 'day' as const, from: tree.from, to: tree.to }] : []),
    ...(tree.texts ? [{ by: 'text' as const, among: tree.texts }] : []),
  ]
  if (tests.length === 0) return { is: 'ownKnown', fieldId, sure }
  return { is: 'and', of: tests.map((test) => ({ is: 'own', fieldId, test, sure })) }
}

/** Where one end is open, first or last purchase say it without looking at each. */
function bought({ from, to }: { from?: string; to?: string }, { asOf }: Yardstick): Primitive {
  if (from && (!to || to >= asOf)) return definite('last_purchase', { from })
  if (to && !from) return definite('first_purchase', { to })
  if (!from && !to) return { is: 'not', of: { is: 'null', column: 'last_purchase' } }
  return { is: 'bought', from, to }
}

function columnOf(field: 'country' | 'province' | 'city' | 'gender' | keyof typeof dayColumns): Column {
  return field in dayColumns ? dayColumns[field as keyof typeof dayColumns] : (field as Column)
}

/** Days beyond any calendar of ours would leave the range of dates. */
function within(days: number): number {
  return Math.max(-36_500, Math.min(days, 36_500))
}

function measure<M extends 'thresholds' | 'cuts' | 'tags'>(yardstick: Yardstick, name: M): NonNullable<Yardstick[M]> {
  const found = yardstick[name]
  if (!found) throw new Error(`the question needs ${name}`)
  return found
}
