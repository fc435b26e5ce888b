import { Button } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import type { ImportSteps } from './use-import-steps.ts'

/** Takes a whole import back. Asked twice, because only importing again brings it back. */
export function UndoImport({ steps }: { steps: ImportSteps }) {
  const t = useT()
  const [asked, setAsked] = useState(false)
  return (
    <section className="panel undo-import">
      <h2>{t('exchange.page.undo')}</h2>
      <p className="soft">{t('exchange.page.undo_means')}</p>
      <ErrorNote error={steps.undo.error} />
      {asked ? (
        <div className="ask" role="alertdialog" aria-label={t('exchange.page.undo')}>
          <p>{t('exchange.page.undo_sure')}</p>
          <div className="note-actions">
            <Button danger type="primary" loading={steps.undo.isPending} onClick={() => steps.undo.mutate()} autoFocus>
              {t('exchange.page.undo_yes')}
            </Button>
            <QuietButton onClick={() => setAsked(false)}>{t('exchange.page.undo_no')}</QuietButton>
          </div>
        </div>
      ) : (
        <QuietButton onClick={() => setAsked(true)}>{t('exchange.page.undo_ask')}</QuietButton>
      )}
    </section>
  )
}
