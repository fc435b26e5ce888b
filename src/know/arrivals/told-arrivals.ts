import { rowsAbout, type TimelineRow, type TimelineTeller, type ToldColumns } from '#know/customers/index.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import { arrivalsOfMany } from './arrival.ts'
import { arrivalSaid } from './facts.ts'
import { waysOf } from './way.ts'

/** Source and campaign, for the export of customers. */
export const toldArrivals: ToldColumns = {
  columns: ['source', 'campaign'],
  async tell(ctx) {
    const names = new Map((await waysOf(ctx)).map(({ id, name }) => [id, name]))
    return {
      heading: (column) => say(ctx.actor.locale as Locale, `arrivals.column.${column}`),
      numeric: [],
      async cells(ids) {
        const found = await arrivalsOfMany(ctx, ids)
        return new Map(
          found.map(({ customerId, wayId, campaign }) => [
            customerId,
            { source: (wayId !== null && names.get(wayId)) || '', campaign: campaign ?? '' },
          ]),
        )
      },
    }
  },
}

/** The name of the way that was said, on timelines. */
export const arrivalWords: TimelineTeller = async (ctx, rows) => {
  const told = new Map<TimelineRow, string>()
  const about = rowsAbout(rows, [arrivalSaid.kind])
  if (about.length === 0) return told
  const names = new Map((await waysOf(ctx)).map(({ id, name }) => [id, name]))
  for (const { row, id } of about) {
    const name = names.get(id)
    if (name) told.set(row, name)
  }
  return told
}
