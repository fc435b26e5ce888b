import { PeopleLink } from '#understand/query/web/people.ts'
import { useT } from '#web/i18n.ts'
import { Count, Share } from '#web/kit/values.tsx'
import type { FunnelAnswer } from '../contract.ts'

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
                <PeopleLink of={step.reached > 0 ? step.people : null} asOf={answer.asOf}>
                  <Count value={step.reached} />
                </PeopleLink>
              </td>
              <td className="end">{at > 0 && <Share of={step.stepRate} />}</td>
              <td className="end">{at > 0 && <Share of={step.wholeRate} />}</td>
              <td className="end">
                {step.stayed !== null && (
                  <PeopleLink of={step.stayed > 0 ? step.stayedPeople : null} asOf={answer.asOf}>
                    <Count value={step.stayed} />
                  </PeopleLink>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
