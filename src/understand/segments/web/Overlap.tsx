import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { people } from '#understand/query/web/people.ts'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { Metric, Metrics } from '#web/kit/Metric.tsx'
import { Count } from '#web/kit/values.tsx'
import type { Segment } from '../contract.ts'
import { segments } from './segments-api.ts'

/** How many are in this segment and in another one; each number opens them. */
export function Overlap({ id }: { id: number }) {
  const t = useT()
  const [other, setOther] = useState<number>()
  const list = useQuery(segments.query.list.queryOptions({ input: {} }))
  const overlap = useQuery(
    segments.query.overlap.queryOptions({ input: { one: id, other: other ?? 0 }, enabled: other !== undefined }),
  )
  const others = ((list.data?.items ?? []) as Segment[]).filter((one) => one.id !== id)
  if (others.length === 0) return null
  const inBoth = (first: boolean, second: boolean) => {
    const one = { is: 'segment' as const, in: [id] }
    const two = { is: 'segment' as const, in: [other ?? 0] }
    return people({
      is: 'and',
      of: [first ? one : { is: 'not', of: one }, second ? two : { is: 'not', of: two }],
    })
  }
  return (
    <section className="panel" aria-labelledby="overlap">
      <h2 id="overlap">{t('segments.overlap')}</h2>
      <Select
        aria-label={t('segments.overlap_with')}
        placeholder={t('segments.overlap_with')}
        value={other}
        onChange={setOther}
        showSearch={{ optionFilterProp: 'label' }}
        options={others.map((one) => ({ value: one.id, label: one.name }))}
        style={{ minWidth: 220 }}
      />
      {other !== undefined && (
        <Loaded of={overlap} rows={2}>
          {(found) => (
            <Metrics label={t('segments.overlap')}>
              <Metric
                label={t('segments.in_both')}
                definition={t('segments.in_both_means')}
                value={<Count value={found.both} />}
                {...inBoth(true, true)}
              />
              <Metric
                label={t('segments.only_here')}
                definition={t('segments.only_here_means')}
                value={<Count value={found.one - found.both} />}
              />
              <Metric
                label={t('segments.only_there')}
                definition={t('segments.only_there_means')}
                value={<Count value={found.other - found.both} />}
              />
            </Metrics>
          )}
        </Loaded>
      )}
    </section>
  )
}
