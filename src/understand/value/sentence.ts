import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import type { Locale } from '#platform/i18n/index.ts'
import type { Condition } from '#understand/query/contract.ts'
import { inWords, type Names, productsIn } from '#understand/query/index.ts'
import { sayNamed } from './class-names.ts'
import { namesFor } from './names-for.ts'

/** A question as a sentence in the actor's language, with what the shop calls its things. */
export async function sentenceOf(ctx: Context, tree: Condition, known?: Names): Promise<string> {
  const names = known ?? (await namesFor(ctx, { productIds: productsIn(tree) }))
  const { currency } = await merchantOf(ctx)
  const locale = ctx.actor.locale as Locale
  const sentence = inWords(tree, names, { locale, currency, say: await sayNamed(ctx, locale) })
  return sentence.charAt(0).toLocaleUpperCase(locale) + sentence.slice(1)
}
