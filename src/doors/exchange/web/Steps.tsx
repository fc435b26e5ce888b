import { useT } from '#web/i18n.ts'
import type { OneImport } from '../contract.ts'

const steps = ['read', 'compare', 'apply', 'result'] as const
export type Step = (typeof steps)[number]

/** Which step an import stands at. */
export function stepOf({ state, goal, applies }: Pick<OneImport, 'state' | 'goal' | 'applies'>): Step {
  if (state === 'waiting') return 'read'
  if (state === 'compared') return 'compare'
  if (state === 'running' || state === 'cancelled' || state === 'failed') {
    return goal === 'applied' || applies ? 'apply' : 'compare'
  }
  return 'result'
}

/** The way of an import, with where it stands. */
export function Steps({ at }: { at: Step }) {
  const t = useT()
  const here = steps.indexOf(at)
  return (
    <ol className="steps" aria-label={t('exchange.page.steps')}>
      {steps.map((step, index) => (
        <li
          key={step}
          aria-current={index === here ? 'step' : undefined}
          className={index < here || at === 'result' ? 'done' : undefined}
        >
          {t(`exchange.page.step.${step}`)}
        </li>
      ))}
    </ol>
  )
}
