import type { Listed } from '#know/customers/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import type { Locale } from '#platform/i18n/index.ts'
import { say } from '#platform/i18n/index.ts'
import { fromMinor } from '#platform/money.ts'
import { Refusal } from '#platform/refusal.ts'
import { type CustomerQuery, customerQuery } from '#understand/query/contract.ts'
import { findAll, lensOf } from '#understand/query/index.ts'
import { sayNamed } from './class-names.ts'
import type { Standing } from './contract.ts'
import { judgeOf } from './list-standings.ts'
import { numbersOf, unknownYet } from './standings-of.ts'
import { planFor } from './yardstick-for.ts'

/** The columns of the list of customers, and the message of each heading. */
const headings: Record<string, string> = {
  stage: 'value.column.stage',
  class: 'value.column.class',
  revenue: 'value.revenue',
  purchases: 'value.purchases',
  lastPurchase: 'value.last_purchase',
  firstPurchase: 'value.first_purchase',
}

/**
 * Lists of customers for the export: `list` is a `customerQuery`, what POST /customers/query takes, without page. A list that
 * is none is refused at once (`http.invalid_input`), before anything is sent.
 */
export const listed: Listed = {
  columns: Object.keys(headings),
  ids: (ctx, list) => idsOf(ctx, questionOf(list)),
  async tell(ctx, list) {
    const { asOf, shopId } = list === undefined ? {} : questionOf(list)
    const lens = await lensOf(ctx, { asOf, shopId })
    const locale = ctx.actor.locale as Locale
    const [judge, { currency }, named] = await Promise.all([judgeOf(ctx, lens), merchantOf(ctx), sayNamed(ctx, locale)])
    return {
      heading: (column) => say(locale, headings[column] ?? column),
      numeric: ['revenue', 'purchases'],
      async cells(ids) {
        const numbers = await numbersOf(ctx, lens, ids)
        return new Map(ids.map((id) => [id, cellsOf(judge(numbers.get(id) ?? unknownYet(id)), named, currency)]))
      },
    }
  },
}

function cellsOf(standing: Standing, named: (key: string) => string, currency: string): Record<string, string> {
  const { stage, isNew, valueClass, revenue, purchases, lastPurchase, firstPurchase } = standing
  return {
    stage: named(`web.stage.${isNew ? 'new' : stage}`),
    class: valueClass ? named(`web.value.${valueClass}`) : '',
    revenue: fromMinor(revenue, currency),
    purchases: String(purchases),
    lastPurchase: lastPurchase ?? '',
    firstPurchase: firstPurchase ?? '',
  }
}

function questionOf(list: unknown): CustomerQuery {
  const asked = customerQuery.safeParse(list)
  if (!asked.success) throw new Refusal('invalid', 'http.invalid_input')
  return asked.data
}

async function* idsOf(ctx: Context, asked: CustomerQuery): AsyncGenerator<number[]> {
  for await (const batch of findAll(ctx, await planFor(ctx, asked))) yield batch.map(({ customerId }) => customerId)
}
