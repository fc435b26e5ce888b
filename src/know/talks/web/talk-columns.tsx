import type { ListColumns } from '#know/customers/web/panels.ts'
import { useT } from '#web/i18n.ts'
import { DayText } from '#web/kit/values.tsx'
import type { TalkDays } from '../contract.ts'
import { talks } from './talks-api.ts'

/** The days of the last talk and the next, in the list of customers. */
export const talkColumns: ListColumns = {
  name: 'talks',
  async more(ids, signal) {
    const { items } = await talks.call.days({ ids }, { signal })
    return new Map(items.map((one) => [one.customerId, one]))
  },
  useColumns(of) {
    const t = useT()
    const daysOf = (row: Parameters<typeof of>[0]) => of(row) as TalkDays | undefined
    return [
      {
        key: 'lastTalked',
        title: t('talks.last_talked'),
        sort: 'lastTalked',
        first: 'descending',
        days: true,
        hidden: true,
        card: 'half',
        cell: (row) => <DayText day={daysOf(row)?.lastTalked} />,
      },
      {
        key: 'nextTalk',
        title: t('talks.next_talk'),
        sort: 'nextTalk',
        first: 'ascending',
        days: true,
        hidden: true,
        card: 'half',
        cell: (row) => <DayText day={daysOf(row)?.nextTalk} />,
      },
    ]
  },
}
