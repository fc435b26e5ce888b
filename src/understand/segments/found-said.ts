import { centreOf, positionIn, regionName, regionPath } from '#know/regions/index.ts'
import type { Context } from '#platform/context.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import type { Condition } from '#understand/query/contract.ts'
import { distanceAsked, type Names, nearestOf, type Yardstick } from '#understand/query/index.ts'

/** What was found of a customer, in words, where the columns tell a number that says nothing to people. */
export function foundSaid(
  { actor }: Context,
  tree: Condition,
  found: string | null,
  { yardstick, names }: { yardstick: Yardstick; names: Names },
): string | null {
  const locale = actor.locale as Locale
  if (found === null) return null
  if (tree.is === 'region' || (tree.is === 'known' && tree.field === 'region')) {
    return regionPath(Number(found), locale).join(' ')
  }
  if (tree.is !== 'distance' && tree.is !== 'nearest') return found
  const asked = distanceAsked(tree, yardstick)
  const exact = positionIn(found)
  const centre = exact ? undefined : centreOf(Number(found))
  const point = exact ?? centre?.point
  const points = asked?.others ?? asked?.points ?? []
  if (!point || points.length === 0) return null
  const km = Math.round(nearestOf(points, point) * 10) / 10
  const nearest = yardstick.positions?.find(
    (one) => points.includes(one) && nearestOf([one], point) === nearestOf(points, point),
  )
  const shop = (nearest && names.nameOf('shop', nearest.id)) ?? ''
  return centre
    ? say(locale, 'segments.found_from_centre', { km, shop, region: regionName(centre.of, locale) })
    : say(locale, 'segments.found_exactly', { km, shop })
}
