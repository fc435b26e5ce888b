import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import type { OneImport } from '../contract.ts'
import { Compared } from './Compared.tsx'
import { isMoving, isOpen } from './exchange-api.ts'
import { Leftovers } from './Leftovers.tsx'
import { Problems } from './Problems.tsx'
import { Reading } from './Reading.tsx'
import { Running } from './Running.tsx'
import { StepBar } from './StepBar.tsx'
import { Stopped } from './Stopped.tsx'
import { Summary } from './Summary.tsx'
import { UndoImport } from './UndoImport.tsx'
import { useImportSteps } from './use-import-steps.ts'

/** What belongs to the step at which the import stands; what came before is folded below it. */
export function ImportSteps({ one }: { one: OneImport }) {
  const steps = useImportSteps(one)
  const { state } = one
  if (isMoving(one)) return <Running one={one} steps={steps} />
  return (
    <>
      {(state === 'cancelled' || state === 'failed') && <Stopped one={one} steps={steps} />}
      {state === 'undone' && <Leftovers id={one.id} />}
      {state === 'applied' && one.summary && <Summary summary={one.summary} />}
      {state === 'compared' && one.comparison && <Compared comparison={one.comparison} />}
      {state !== 'waiting' && state !== 'undone' && <Problems one={one} />}
      {state === 'waiting' ? <Reading one={one} /> : <EarlierReading one={one} />}
      {one.applies && <UndoImport steps={steps} />}
      {isOpen(one) && <Forget steps={steps} />}
      <StepBar one={one} steps={steps} />
    </>
  )
}

function EarlierReading({ one }: { one: OneImport }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  return (
    <details className="earlier" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t(isOpen(one) ? 'exchange.page.read_again' : 'exchange.page.read_how')}</summary>
      {open && <Reading one={one} />}
    </details>
  )
}

function Forget({ steps }: { steps: ReturnType<typeof useImportSteps> }) {
  const t = useT()
  return (
    <section className="panel forget">
      <ErrorNote error={steps.remove.error} />
      <QuietButton disabled={steps.remove.isPending} onClick={() => steps.remove.mutate()}>
        {t('exchange.page.forget')}
      </QuietButton>
      <span className="soft">{t('exchange.page.forget_means')}</span>
    </section>
  )
}
