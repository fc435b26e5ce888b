import { Link } from '@tanstack/react-router'
import { people } from '#understand/query/web/people.ts'
import { useT } from '#web/i18n.ts'
import { Shares } from '#web/kit/Shares.tsx'
import { StageMark, stageColour } from '#web/kit/StageMark.tsx'
import { Count } from '#web/kit/values.tsx'
import { Why } from '#web/kit/Why.tsx'
import type { Overview } from '../contract.ts'

const shown = ['active', 'silent', 'sleeping', 'lost', 'never'] as const

/** Where all customers stand in their life with the shop. */
export function StageShares({ overview: { stages, stagePeople, asOf } }: { overview: Overview }) {
  const t = useT()
  const fresh = people(stagePeople.new ?? null, asOf)
  return (
    <section className="panel">
      <h2>
        {t('metrics.stages')} <Why of={t('metrics.stages')}>{t('metrics.stages.definition')}</Why>
      </h2>
      <Shares
        parts={shown.map((stage) => ({
          key: stage,
          label: <StageMark stage={stage} />,
          value: stages[stage],
          colour: stageColour(stage),
          ...people(stagePeople[stage] ?? null, asOf),
        }))}
      />
      {stages.new > 0 && fresh.to && (
        <p className="soft">
          <Link to={fresh.to as never} search={fresh.search as never}>
            <StageMark stage="new" /> <Count value={stages.new} />
          </Link>{' '}
          {t('metrics.new_means')}
        </p>
      )}
    </section>
  )
}
