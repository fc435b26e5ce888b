import type { ListColumns } from '#know/customers/web/panels.ts'
import { useT } from '#web/i18n.ts'
import { Absent } from '#web/kit/values.tsx'
import { TagMark } from './TagMark.tsx'
import { tags } from './tags-api.ts'
import { useTags } from './use-tags.ts'

/** Tags in the list of customers. */
export const tagColumns: ListColumns = {
  name: 'tags',
  async more(ids, signal) {
    const { items } = await tags.call.ofMany({ ids }, { signal })
    return new Map(items.map((one) => [one.customerId, one.tagIds]))
  },
  useColumns(of) {
    const t = useT()
    const { tagOf } = useTags()
    return [
      {
        key: 'tags',
        title: t('tags.column'),
        card: 'full',
        cell: (row) => {
          const held = ((of(row) as number[] | undefined) ?? []).flatMap((id) => tagOf(id) ?? [])
          return held.length === 0 ? (
            <Absent />
          ) : (
            <span className="tag-cell">
              {held.map((tag) => (
                <TagMark key={tag.id} {...tag} />
              ))}
            </span>
          )
        },
      },
    ]
  },
}
