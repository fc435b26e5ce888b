import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useT } from '#web/i18n.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { LedgerTable } from '#web/kit/LedgerTable.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { Absent } from '#web/kit/values.tsx'
import { useModules } from '#web/panels.tsx'
import { useMay } from '#web/session.ts'
import type { Tag } from '../contract.ts'
import type { TagPeople } from './panels.ts'
import { TagMark } from './TagMark.tsx'
import { tags } from './tags-api.ts'

/** The tags of the shop: what each means, what was merged into it, how many people have it. */
export function TagsPage() {
  const t = useT()
  const mayEdit = useMay()('record.edit')
  const People = usePeople()
  const list = useQuery(tags.query.list.queryOptions({ input: {} }))
  return (
    <PageFrame
      title={t('tags.title')}
      subtitle={t('tags.note')}
      back={{ to: '/settings', label: t('web.nav.settings') }}
    >
      <LedgerTable<Tag>
        name="tags"
        label={t('tags.title')}
        rows={list.data?.items as Tag[] | undefined}
        rowKey={(tag) => tag.id}
        to={mayEdit ? (tag) => `/settings/tags/${tag.id}` : undefined}
        error={list.error}
        onAgain={list.refetch}
        columns={[
          { key: 'name', title: t('tags.name'), cell: (tag) => <TagMark {...tag} /> },
          {
            key: 'note',
            title: t('tags.note_field'),
            card: 'full',
            cell: (tag) => tag.note ?? <Absent />,
          },
          {
            key: 'merged',
            title: t('tags.merged_into_this'),
            card: 'full',
            cell: (tag) => (tag.merged.length ? tag.merged.map(({ name }) => name).join(', ') : <Absent />),
          },
          ...(People
            ? [
                {
                  key: 'people',
                  title: t('tags.people'),
                  align: 'end' as const,
                  cell: (tag: Tag) => <People id={tag.id} />,
                },
              ]
            : []),
        ]}
        empty={
          <EmptyState title={t('tags.empty')} example={t('tags.empty_example')}>
            {t('tags.empty_means')}
          </EmptyState>
        }
      />
    </PageFrame>
  )
}

function usePeople(): TagPeople | undefined {
  const modules = useModules()
  return useMemo(
    () => modules.find((module) => module.offers?.['tags.people'])?.offers?.['tags.people'] as TagPeople | undefined,
    [modules],
  )
}
