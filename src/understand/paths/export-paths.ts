import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { writeCsv } from '#platform/files/index.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import type { PathAnswer, PathPlaceSums, PathsWanted } from './contract.ts'
import { runPaths } from './run-paths.ts'

/** A row for each place of each step, then for each way from one to the next. */
export async function exportPaths(
  ctx: Context,
  wanted: PathsWanted,
  signal?: AbortSignal,
): Promise<AsyncGenerator<Buffer>> {
  const [answer, { locale: ofShop }] = await Promise.all([runPaths(ctx, wanted, signal), merchantOf(ctx)])
  const locale = (ctx.actor.locale || ofShop) as Locale
  const compared = answer.before !== null
  const columns = [
    ...['paths.step', 'paths.from', 'paths.to', 'metrics.visitsOnWay', 'paths.people'],
    ...(compared ? ['paths.visits_before', 'paths.people_before'] : []),
  ].map((key) => say(locale, key))
  const nameAt = namesIn(answer, locale, wanted.asks.back ?? false)
  const cells = (one: Pick<PathPlaceSums, 'visits' | 'people' | 'visitsBefore' | 'peopleBefore'>) =>
    [one.visits, one.people, ...(compared ? [one.visitsBefore, one.peopleBefore] : [])].map(String)
  const rows = [
    ...answer.places.map((one) => [String(one.at), '', nameAt(one.at, one.key), ...cells(one)]),
    ...answer.links.map((one) => [String(one.at), nameAt(one.at - 1, one.from), nameAt(one.at, one.to), ...cells(one)]),
  ]
  return writeCsv(rows, { columns, numeric: [0, 3, 4, 5, 6] })
}

function namesIn({ places }: PathAnswer, locale: Locale, back: boolean) {
  const names = new Map(
    places.map(({ at, key, did, of }) => {
      const what =
        did === null
          ? say(locale, 'paths.other')
          : did === 'nothing'
            ? say(locale, back ? 'paths.came' : 'paths.left')
            : say(locale, `query.event.${did}`)
      return [`${at} ${key}`, of === null ? what : say(locale, 'paths.place', { what, of })]
    }),
  )
  return (at: number, key: string) => names.get(`${at} ${key}`) ?? ''
}
