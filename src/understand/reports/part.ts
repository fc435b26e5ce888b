import { sql } from 'kysely'
import { tagsOf } from '#know/tags/index.ts'
import type { Context } from '#platform/context.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import { type Condition, stages, valueClasses } from '#understand/query/contract.ts'
import { facetsOf } from '#understand/query/index.ts'
import { namesFor, sayNamed } from '#understand/value/index.ts'

/** A part of the people, by a question: so each number is counted by what opens it. */
export type Part = { key: string; name: string | null; where: Condition }

export const byPeople = ['stage', 'class', 'city', 'province', 'country', 'gender', 'tag', 'way', 'owner'] as const
export type ByPeople = (typeof byPeople)[number]

/** Values of a list that are parts of their own; the rest is one more. Each tag and way costs a reading. */
const most = 20

/** The parts into which people are divided. Of tags one person can be in several. */
export async function partsOf(ctx: Context, by: ByPeople): Promise<Part[]> {
  const locale = ctx.actor.locale as Locale
  const rest = (where: Condition): Part => ({ key: 'rest', name: say(locale, 'reports.rest'), where })
  const unknown = (where: Condition): Part => ({ key: 'unknown', name: null, where })
  const not = (of: Condition): Condition => ({ is: 'not', of })
  switch (by) {
    case 'stage':
      return stages.map((key) => ({ key, name: say(locale, `web.stage.${key}`), where: { is: 'stage', in: [key] } }))
    case 'class': {
      const named = await sayNamed(ctx, locale)
      return [
        ...valueClasses.map(
          (key): Part => ({ key, name: named(`web.value.${key}`), where: { is: 'class', in: [key] } }),
        ),
        { key: 'never', name: say(locale, 'web.stage.never'), where: { is: 'stage', in: ['never'] } },
      ]
    }
    case 'city':
    case 'province':
    case 'country':
    case 'gender': {
      const values = (await facetsOf(ctx))[by].slice(0, most).map(({ value }) => value)
      if (values.length === 0) return [unknown({ is: 'everyone' })]
      const among: Condition = { is: 'text', field: by, in: values }
      return [
        ...values.map(
          (value): Part => ({ key: `=${value}`, name: value, where: { is: 'text', field: by, in: [value] } }),
        ),
        rest(not(among)),
        unknown(not({ is: 'known', field: by })),
      ]
    }
    case 'tag': {
      const tags = (await tagsOf(ctx)).slice(0, most)
      return tags.map(({ id, name }) => ({ key: String(id), name, where: { is: 'tagged', in: [id] } }))
    }
    case 'way':
    case 'owner': {
      const named = (await namesFor(ctx)).list(by === 'way' ? 'way' : 'staff').slice(0, most)
      const of = (id: number): Condition => (by === 'way' ? { is: 'came', in: [id] } : { is: 'owner', in: [id] })
      const parts = named.map(({ id, name }): Part => ({ key: String(id), name, where: of(id) }))
      const told: Condition = by === 'way' ? { is: 'came' } : { is: 'owned' }
      const others = named.map(({ id }) => not(of(id)))
      return [
        ...parts,
        ...(by === 'way' || named.length === most ? [rest({ is: 'and', of: [told, ...others] })] : []),
        unknown(not(told)),
      ]
    }
  }
}

/** What is bought, or where: its names, and the shops of a channel. */
export async function namesOfSplit(
  ctx: Context,
  by: 'shop' | 'channel' | 'category' | 'brand' | 'product',
  keys: readonly string[],
): Promise<(key: string) => string | null> {
  if (by === 'category') return (key) => key || null
  if (by === 'channel') {
    const { rows } = await sql<{ id: number; name: string }>`select id, name from channels`.execute(ctx.db)
    const known = new Map(rows.map(({ id, name }) => [String(id), name]))
    return (key) => known.get(key) ?? null
  }
  const names = await namesFor(ctx, { productIds: by === 'product' ? keys.map(Number) : [] })
  return (key) => (key === '0' ? null : (names.nameOf(by, Number(key)) ?? `#${key}`))
}
