import { useQuery } from '@tanstack/react-query'
import type { Condition } from '#understand/query/contract.ts'
import { people } from '#understand/query/web/people.ts'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { Metric, Metrics } from '#web/kit/Metric.tsx'
import { Count } from '#web/kit/values.tsx'
import type { Snapshot } from '../contract.ts'
import { segments } from './segments-api.ts'

/** A snapshot beside its segment now; each number opens its people. */
export function SnapshotComparison({ of }: { of: Snapshot }) {
  const t = useT()
  const found = useQuery(segments.query.compareSnapshot.queryOptions({ input: { id: of.id } }))
  const then: Condition = { is: 'snapshot', in: [of.id] }
  const now: Condition = { is: 'segment', in: [of.segmentId] }
  const not = (one: Condition): Condition => ({ is: 'not', of: one })
  const shown = [
    ['known', then],
    ['stayed', { is: 'and', of: [then, now] }],
    ['left', { is: 'and', of: [then, not(now)] }],
    ['came', { is: 'and', of: [now, not(then)] }],
  ] as const satisfies [string, Condition][]
  return (
    <>
      <p className="soft">{t('segments.snapshot_asked', { sentence: of.sentence })}</p>
      <Loaded of={found} rows={2}>
        {(compared) => (
          <>
            <Metrics label={t('segments.compared', { name: of.name })}>
              {shown.map(([key, question]) => (
                <Metric
                  key={key}
                  label={t(`segments.snapshot.${key}`)}
                  definition={t(`segments.snapshot.${key}_means`)}
                  value={<Count value={compared[key]} />}
                  {...people(question)}
                />
              ))}
            </Metrics>
            {compared.unknown > 0 && (
              <p className="soft">{t('segments.snapshot_unknown', { count: compared.unknown })}</p>
            )}
          </>
        )}
      </Loaded>
    </>
  )
}
