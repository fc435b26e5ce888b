import type { z } from 'zod'
import type { Context } from '#platform/context.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import type { Condition } from '#understand/query/contract.ts'
import {
  complete,
  type Fault,
  facetsOf,
  parse,
  placeName,
  productsIn,
  regionsInUse,
  writtenIn,
} from '#understand/query/index.ts'
import { namesFor } from '#understand/value/index.ts'
import { categoriesOf } from './categories-of.ts'
import type { segmentsContract } from './contract.ts'
import { worded } from './segment.ts'

export type Reading = z.output<NonNullable<(typeof segmentsContract.read)['~orpc']['outputSchema']>>

/**
 * A question in its three forms, from the tree or from the text. A text that is understood comes back as it would be written; one
 * that is not comes back as it is, with the word at which it is not.
 */
export async function readQuestion(
  ctx: Context,
  { question, text = '', cursor }: { question?: Condition; text?: string; cursor?: number },
): Promise<Reading> {
  if (question)
    return { question, ...(await worded(ctx, question, await namesFor(ctx, { productIds: productsIn(question) }))) }
  const names = await namesFor(ctx, { written: writtenIn(text) })
  const completion = cursor === undefined ? undefined : complete(text, cursor, names, await valuesOf(ctx))
  const { tree, fault } = parse(text, names)
  if (!tree) return { text, fault: faultSaid(ctx, fault), completion }
  return { question: tree, ...(await worded(ctx, tree, names)), completion }
}

function faultSaid({ actor }: Context, { offset, length, key, params }: Fault): Reading['fault'] {
  return { offset, length, message: say(actor.locale as Locale, key, params) }
}

/** The values in use of what is written as text: places of the customers that one sees, categories of the products. */
async function valuesOf(ctx: Context): Promise<(of: string) => string[]> {
  const [facets, categories, regions] = await Promise.all([facetsOf(ctx), categoriesOf(ctx), regionsInUse(ctx)])
  const values: Record<string, string[]> = {
    category: categories,
    region: regions.slice(0, 500).flatMap(({ place }) => placeName(place, ctx.actor.locale) ?? []),
    ...Object.fromEntries(Object.entries(facets).map(([name, list]) => [name, list.map(({ value }) => value)])),
  }
  return (of) => values[of] ?? []
}
