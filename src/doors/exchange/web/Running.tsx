import { useLocale, useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { countText } from '#web/kit/formats.ts'
import { ProgressLine } from '#web/kit/ProgressLine.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import type { OneImport } from '../contract.ts'
import { shareDone } from './exchange-api.ts'
import type { ImportSteps } from './use-import-steps.ts'

/** An import at work: what it does now, how far of the whole, how fast, how long yet. The page can be left. */
export function Running({ one, steps }: { one: OneImport; steps: ImportSteps }) {
  const t = useT()
  const locale = useLocale()
  const { phase, rowsRead, rowsTotal, rate, secondsLeft } = one.progress
  const rows = { read: countText(locale, rowsRead), total: countText(locale, rowsTotal ?? 0) }
  const goal = one.state === 'undoing' ? 'undone' : (one.goal ?? 'compared')
  return (
    <section className="panel import-running">
      <h2>{t(`exchange.page.running.${goal}`)}</h2>
      <ProgressLine
        what={t(phase ? `exchange.page.phase.${phase}` : 'exchange.page.phase.begin')}
        share={shareDone(one)}
        rate={rate ?? undefined}
        secondsLeft={secondsLeft ?? undefined}
      />
      {one.state === 'running' && rowsRead > 0 && (
        <p className="soft">{t(rowsTotal ? 'exchange.page.rows_of' : 'exchange.page.rows_read', rows)}</p>
      )}
      <p className="soft">{t('exchange.page.can_leave')}</p>
      <ErrorNote error={steps.cancel.error} />
      <QuietButton disabled={steps.cancel.isPending || steps.cancel.isSuccess} onClick={() => steps.cancel.mutate()}>
        {t(steps.cancel.isSuccess ? 'exchange.page.cancelling' : 'exchange.page.cancel')}
      </QuietButton>
    </section>
  )
}
