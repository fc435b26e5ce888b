import type { Condition } from '#understand/query/contract.ts'
import { people } from '#understand/query/web/people.ts'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Metric, Metrics } from '#web/kit/Metric.tsx'
import { Count } from '#web/kit/values.tsx'
import type { About, useTally } from './use-tally.ts'

/** How many are found and of how many it cannot be said: about, with the margin, until all are counted. */
export function QuestionTally({ tally, opens }: { tally: ReturnType<typeof useTally>; opens?: Condition }) {
  const t = useT()
  const { exact, about, before, isCounting } = tally
  const shown = exact ?? before
  return (
    <>
      <div className={shown === before && before ? 'tally waiting' : 'tally'} aria-live="polite">
        <Metrics label={t('segments.people')}>
          <Metric
            label={t('segments.matched')}
            definition={t('segments.matched_means')}
            value={about ? <AboutCount of={about} /> : <Count value={shown?.matched} />}
            {...(opens ? people(opens) : {})}
            note={about ? t('segments.between', about) : shown && t('segments.of_all', { customers: shown.customers })}
          />
          <Metric
            label={t('segments.unknown')}
            definition={t('segments.unknown_means')}
            value={
              about ? t('segments.about', { count: rounded(about.unknown, about) }) : <Count value={shown?.unknown} />
            }
            note={about && isCounting ? t('segments.counting') : undefined}
          />
        </Metrics>
      </div>
      <ErrorNote error={tally.error} />
    </>
  )
}

function AboutCount({ of }: { of: About }) {
  const t = useT()
  return <span className="number">{t('segments.about', { count: rounded(of.matched, of) })}</span>
}

/** No more digits than the margin allows. */
function rounded(count: number, { least, most }: About): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, (most - least) / 2))))
  return Math.round(count / step) * step
}
