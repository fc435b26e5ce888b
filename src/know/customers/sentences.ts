import { ownFieldsOf } from '#know/fields/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import { minorDigits } from '#platform/money.ts'

export type Sentence = (fact: { kind: string; data: Record<string, unknown> }) => string

/**
 * What says facts in the actor's language: the message `fact.<kind>` filled from the data. Texts and numbers as they are, `amount` as money
 * of the shop, lists of field names and the kind of an identifier in words. A kind without a message is told as itself.
 */
export async function sentencesOf(ctx: Context): Promise<Sentence> {
  const locale = ctx.actor.locale as Locale
  const [{ currency }, fields] = await Promise.all([merchantOf(ctx), ownFieldsOf(ctx)])
  const own = new Map(fields.map(({ key, name }) => [key as string, name]))
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
  const list = new Intl.ListFormat(locale, { type: 'unit' })
  const label = (field: string) => own.get(field) ?? say(locale, `customers.field.${field}`)
  return ({ kind, data }) => {
    const params: Record<string, string | number> = {}
    for (const [name, value] of Object.entries(data)) {
      if (name === 'amount' && typeof value === 'number')
        params[name] = money.format(value / 10 ** minorDigits(currency))
      else if (name === 'fields' && Array.isArray(value))
        params[name] = list.format(value.map((one) => label(String(one))))
      else if (name === 'field' && typeof value === 'string') params[name] = label(value)
      else if (name === 'kind' && kind.startsWith('customers.')) params[name] = label(String(value))
      else if (typeof value === 'string' || typeof value === 'number') params[name] = value
      else if (typeof value === 'boolean') params[name] = String(value)
      else if (value === null) params[name] = ''
    }
    const key = `fact.${kind}`
    try {
      const text = say(locale, key, params)
      return text === key ? kind : text
    } catch {
      // A fact of an older house may lack what the message tells of; the others are told all the same.
      return kind
    }
  }
}
