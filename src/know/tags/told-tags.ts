import type { ToldColumns } from '#know/customers/index.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import { tagsOf } from './tag.ts'
import { tagsOfMany } from './tags-of.ts'

/** The tags that people have today, for the export of customers; in the form that an import reads. */
export const toldTags: ToldColumns = {
  columns: ['tags'],
  async tell(ctx) {
    const names = new Map((await tagsOf(ctx)).map(({ id, name }) => [id, name]))
    return {
      heading: () => say(ctx.actor.locale as Locale, 'tags.column'),
      numeric: [],
      async cells(ids) {
        const held = await tagsOfMany(ctx, ids)
        return new Map(
          held.map(({ customerId, tagIds }) => [
            customerId,
            { tags: tagIds.map((id) => names.get(id) ?? '').join(', ') },
          ]),
        )
      },
    }
  },
}
