import type { ListColumns } from '#know/customers/web/panels.ts'
import { useT } from '#web/i18n.ts'
import { Absent } from '#web/kit/values.tsx'
import { arrivals } from './arrivals-api.ts'
import { useWays } from './use-ways.ts'

type Came = { wayId: number | null; campaign: string | null }

/** Where people came from, in the list of customers. */
export const arrivalColumns: ListColumns = {
  name: 'arrivals',
  async more(ids, signal) {
    const { items } = await arrivals.call.ofMany({ ids }, { signal })
    return new Map(items.map((one) => [one.customerId, one]))
  },
  useColumns(of) {
    const t = useT()
    const { nameOf } = useWays()
    const came = (row: Parameters<typeof of>[0]) => of(row) as Came | undefined
    return [
      {
        key: 'source',
        title: t('arrivals.column.source'),
        hidden: true,
        card: 'half',
        cell: (row) => {
          const wayId = came(row)?.wayId
          return (wayId && nameOf(wayId)) || <Absent />
        },
      },
      {
        key: 'campaign',
        title: t('arrivals.column.campaign'),
        hidden: true,
        card: 'half',
        cell: (row) => came(row)?.campaign ?? <Absent />,
      },
    ]
  },
}
