import { useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import type { Cohorts, CohortWhat } from '../contract.ts'
import { CohortChart } from './CohortChart.tsx'
import { cohorts } from './cohorts-api.ts'

/** How many of those who bought for the first time had bought again, month after month, for a page of several numbers. */
export function RepurchasePanel(_: { id: number }) {
  return <Curve what="again" />
}

/** How many of them came back in each month. */
export function RetentionPanel(_: { id: number }) {
  return <Curve what="back" />
}

function Curve({ what }: { what: CohortWhat }) {
  const t = useT()
  const table = useQuery(cohorts.query.table.queryOptions({ input: { by: 'month', months: 12 }, staleTime: 30_000 }))
  return (
    <Loaded of={table} rows={4}>
      {(found) =>
        found.all.cells.length < 2 ? (
          <p className="soft">{t('cohorts.empty')}</p>
        ) : (
          <CohortChart cohorts={found as Cohorts} what={what} />
        )
      }
    </Loaded>
  )
}
