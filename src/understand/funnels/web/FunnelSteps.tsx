import { Link } from '@tanstack/react-router'
import { people } from '#understand/query/web/people.ts'
import { useT } from '#web/i18n.ts'
import { Count, Share } from '#web/kit/values.tsx'
import type { FunnelAnswer } from '../contract.ts'

type Step = FunnelAnswer['steps'][number]

/** How many came how far, as a table whose numbers open their people, with a bar for the eye. */
export function FunnelSteps({ answer }: { answer: FunnelAnswer }) {
  const t = useT()
  return (
    // A scrolling region must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="ledger-scroll" tabIndex={0} aria-label={t('funnels.title')}>
      <table className="ledger funnel">
        <thead>
          <tr>
            <th scope="col">{t('funnels.what')}</th>
            <th scope="col" className="end">
              {t('metrics.reached')}
            </th>
            <th scope="col" className="end">
              {t('metrics.stepRate')}
            </th>
            <th scope="col" className="end">
              {t('metrics.wholeRate')}
            </th>
            <th scope="col" className="end">
              {t('funnels.stayed')}
            </th>
          </tr>
        </thead>
        <tbody>
          {answer.steps.map((step, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
            <tr key={at}>
              <th scope="row">
                {t(`query.event.${step.did}`)}
                <span className="funnel-bar" aria-hidden="true">
                  <span style={{ width: `${Math.round((at === 0 ? 1 : (step.wholeRate ?? 0)) * 100)}%` }} />
                </span>
              </th>
              <td className="end">
                <Behind count={step.reached} of={step.people} asOf={answer.asOf} />
              </td>
              <td className="end">{at > 0 && <Share of={step.stepRate} />}</td>
              <td className="end">{at > 0 && <Share of={step.wholeRate} />}</td>
              <td className="end">
                {step.stayed !== null && <Behind count={step.stayed} of={step.stayedPeople} asOf={answer.asOf} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Behind({ count, of, asOf }: { count: number; of: Step['stayedPeople']; asOf: string }) {
  const { to, search } = people(count > 0 ? of : null, asOf)
  if (!to) return <Count value={count} />
  return (
    <Link to={to} search={search as never}>
      <Count value={count} />
    </Link>
  )
}
