import { useLocale, useT } from '#web/i18n.ts'
import type { Column } from '#web/kit/column.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { sizeText } from '#web/kit/formats.ts'
import { LedgerTable } from '#web/kit/LedgerTable.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { Absent, Count, InstantText } from '#web/kit/values.tsx'
import type { BackupRow } from '../contract.ts'
import { MakeBackup, useBackups } from './MakeBackup.tsx'
import { PlanForm } from './PlanForm.tsx'

/** Backups of the shop: the button for one now, when they are made by themselves, and those that are there. */
export function BackupsPage() {
  const t = useT()
  const list = useBackups()
  return (
    <PageFrame
      title={t('backup.page.title')}
      subtitle={t('backup.page.subtitle')}
      back={{ to: '/settings', label: t('web.nav.settings') }}
    >
      <MakeBackup />
      <section className="panel">
        <h2>{t('backup.page.list')}</h2>
        {list.data && <p className="soft folder">{t('backup.page.folder', { folder: list.data.folder })}</p>}
        <LedgerTable
          name="backups"
          label={t('backup.page.list')}
          columns={useColumns()}
          rows={list.data?.items}
          rowKey={(row) => row.id}
          error={list.error}
          onAgain={list.refetch}
          empty={<EmptyState title={t('backup.page.empty')}>{t('backup.page.empty_means')}</EmptyState>}
        />
      </section>
      <PlanForm />
      <section className="panel">
        <h2>{t('backup.page.restore')}</h2>
        <p>{t('backup.page.restore_means')}</p>
        <pre className="commands">
          REGULARS_DATA=/srv/new regulars restore {list.data?.items.find(isDone)?.path ?? 'regulars-….tar'}
        </pre>
      </section>
    </PageFrame>
  )
}

const isDone = ({ state }: BackupRow): boolean => state === 'done'

function useColumns(): Column<BackupRow>[] {
  const t = useT()
  const locale = useLocale()
  return [
    {
      key: 'when',
      title: t('backup.page.when'),
      cell: (row) => <InstantText at={row.endedAt ?? row.beganAt ?? row.askedAt} />,
    },
    { key: 'state', title: t('backup.page.state'), cell: (row) => <State row={row} />, card: 'full' },
    { key: 'kind', title: t('backup.page.kind'), cell: (row) => t(`backup.page.kind.${row.kind}`), card: 'half' },
    {
      key: 'size',
      title: t('backup.page.size'),
      cell: (row) => (row.bytes === null ? <Absent /> : sizeText(locale, row.bytes)),
      align: 'end',
      card: 'half',
    },
    {
      key: 'rows',
      title: t('backup.page.rows'),
      cell: (row) => <Count value={row.rows} />,
      align: 'end',
      card: 'half',
    },
    {
      key: 'file',
      title: t('backup.page.file'),
      cell: (row) => (row.path ? <span className="folder">{row.path}</span> : <Absent />),
      card: 'full',
    },
  ]
}

function State({ row }: { row: BackupRow }) {
  const t = useT()
  if (!row.failure) return <span>{t(`backup.page.state.${row.state}`)}</span>
  return (
    <span>
      <strong className={row.state === 'failed' ? 'danger' : undefined}>{t(`backup.page.state.${row.state}`)}</strong>{' '}
      <span className="soft">{t(row.failure.code, row.failure.params)}</span>
    </span>
  )
}
