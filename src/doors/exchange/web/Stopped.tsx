import { Button } from 'antd'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Icon } from '#web/kit/icon.tsx'
import type { OneImport } from '../contract.ts'
import type { ImportSteps } from './use-import-steps.ts'

/** A run that was cancelled or failed: what happened, what is safe, what to do. */
export function Stopped({ one, steps }: { one: OneImport; steps: ImportSteps }) {
  const t = useT()
  const goal = one.goal === 'applied' ? 'applied' : 'compared'
  return (
    <section className="panel">
      <div className={one.state === 'failed' ? 'note error' : 'note'} role="alert">
        <Icon name="warning" />
        <div>
          <p>{one.failure?.text ?? t('exchange.page.was_cancelled')}</p>
          <p className="soft">{t(one.applies ? 'exchange.page.safe_part' : 'exchange.page.safe_nothing')}</p>
          <p className="soft">{t(one.applies ? 'exchange.page.do_part' : 'exchange.page.do_nothing')}</p>
          <ErrorNote error={steps.run.error} />
          <div className="note-actions">
            <Button type="primary" loading={steps.run.isPending} onClick={() => steps.run.mutate(goal)}>
              {t('exchange.page.go_on')}
            </Button>
          </div>
        </div>
      </div>
    </section>
  )
}
