import './segments.css'
import { useQuery } from '@tanstack/react-query'
import { useColleagues } from '#know/staff/web/people.ts'
import { useT } from '#web/i18n.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { LedgerTable } from '#web/kit/LedgerTable.tsx'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { Absent, Count, InstantText } from '#web/kit/values.tsx'
import { useMay } from '#web/session.ts'
import type { Segment } from '../contract.ts'
import { Presets } from './Presets.tsx'
import { segments } from './segments-api.ts'

/** The segments of the shop: what each asks, how many it found, who answers for it, what uses it. */
export function SegmentsPage() {
  const t = useT()
  const mayEdit = useMay()('segments.edit')
  const { nameOf } = useColleagues()
  const list = useQuery(segments.query.list.queryOptions({ input: {} }))
  return (
    <PageFrame
      title={t('segments.title')}
      subtitle={t('segments.note')}
      action={mayEdit && <LinkButton to="/segments/new">{t('segments.new')}</LinkButton>}
    >
      <LedgerTable<Segment>
        name="segments"
        label={t('segments.title')}
        rows={list.data?.items as Segment[] | undefined}
        rowKey={(one) => one.id}
        to={(one) => `/segments/${one.id}`}
        error={list.error}
        onAgain={list.refetch}
        columns={[
          { key: 'name', title: t('segments.name'), cell: (one) => one.name },
          { key: 'sentence', title: t('segments.asks'), card: 'full', cell: (one) => one.sentence },
          {
            key: 'counted',
            title: t('segments.people'),
            align: 'end',
            cell: (one) => <Count value={one.counted} />,
          },
          {
            key: 'when',
            title: t('segments.counted_at'),
            cell: (one) => (one.countedAt ? <InstantText at={one.countedAt} /> : <Absent />),
          },
          {
            key: 'owner',
            title: t('segments.owner'),
            cell: (one) => (one.ownerId === null ? <Absent /> : (nameOf(one.ownerId) ?? <Absent />)),
          },
          {
            key: 'uses',
            title: t('segments.uses'),
            card: 'full',
            cell: (one) => (one.uses.length > 0 ? one.uses.map(({ name }) => name).join(', ') : <Absent />),
          },
        ]}
        empty={
          <EmptyState title={t('segments.empty')} example={<code>{t('segments.empty_example')}</code>}>
            {t('segments.empty_means')}
          </EmptyState>
        }
      />
      <Presets mayEdit={mayEdit} />
    </PageFrame>
  )
}
