import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { ProgressLine } from '#web/kit/ProgressLine.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { useMay } from '#web/session.ts'
import type { BackupRow } from '../contract.ts'
import { backup } from './backup-api.ts'
import './backup.css'

export const isMoving = ({ state }: BackupRow): boolean => state === 'waiting' || state === 'running'

/** The newest backups; asked again and again while one is being made. */
export function useBackups() {
  return useQuery(
    backup.query.list.queryOptions({
      input: { limit: 20 },
      refetchInterval: (query) => (query.state.data?.items.some(isMoving) ? 1000 : false),
    }),
  )
}

/** Makes a backup now, and tells how far one is that runs. The page can be left. */
export function MakeBackup() {
  const t = useT()
  const may = useMay()
  const queries = useQueryClient()
  const list = useBackups()
  const again = () => queries.invalidateQueries({ queryKey: backup.query.list.key() })
  const make = useMutation(backup.query.make.mutationOptions({ onSuccess: again }))
  const cancel = useMutation(backup.query.cancel.mutationOptions({ onSettled: again }))
  const moving = list.data?.items.find(isMoving)
  if (!may('system.edit')) return null
  if (!moving) {
    return (
      <div className="make-backup">
        <ErrorNote error={make.error} />
        <Button onClick={() => make.mutate({})} loading={make.isPending}>
          {t('backup.page.make')}
        </Button>
      </div>
    )
  }
  return (
    <div className="make-backup" aria-live="polite">
      <ProgressLine
        what={t(moving.state === 'waiting' ? 'backup.page.waiting' : 'backup.page.making')}
        share={moving.state === 'waiting' ? 0 : moving.share}
      />
      <p className="soft">{t('backup.page.can_leave')}</p>
      <ErrorNote error={cancel.error} />
      <QuietButton disabled={cancel.isPending || cancel.isSuccess} onClick={() => cancel.mutate({ id: moving.id })}>
        {t('backup.page.stop')}
      </QuietButton>
    </div>
  )
}
