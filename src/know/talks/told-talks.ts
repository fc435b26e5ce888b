import type { ToldColumns } from '#know/customers/index.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import { talkDaysOf } from './talk-days.ts'

const headings = { lastTalked: 'talks.last_talked', nextTalk: 'talks.next_talk' } as const

/** The days of talks, for the export of customers. */
export const toldTalks: ToldColumns = {
  columns: Object.keys(headings),
  async tell(ctx) {
    return {
      heading: (column) => say(ctx.actor.locale as Locale, headings[column as keyof typeof headings]),
      numeric: [],
      async cells(ids) {
        const days = await talkDaysOf(ctx, ids)
        return new Map(
          days.map(({ customerId, lastTalked, nextTalk }) => [
            customerId,
            { lastTalked: lastTalked ?? '', nextTalk: nextTalk ?? '' },
          ]),
        )
      },
    }
  },
}
