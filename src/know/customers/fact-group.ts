/**
 * The kinds of facts as people ask for them, by patterns (SQL's `like`) of their names. Higher modules' are named here too: one list for
 * the timeline and the shop's feed. What nobody listed is `other`.
 */
const patterns = {
  orders: ['orders.%', 'reviews.%'],
  talks: ['talks.%'],
  profile: ['customers.added', 'customers.changed', 'customers.identifier_%', 'fresh.%', 'arrivals.%', 'relations.%'],
  tags: ['tags.%'],
  manners: ['manners.%'],
  owner: ['customers.handed_over'],
  consent: ['consent.%'],
  identity: [
    'customers.merged',
    'customers.merge_undone',
    'customers.split',
    'customers.kept_apart',
    'customers.marked',
    'customers.order_%',
  ],
  stage: ['lifecycle.stage_changed'],
  segments: ['membership.%'],
  behaviour: ['behaviour.%'],
  many: ['bulk.%', 'exchange.%', 'customers.exported'],
  goods: ['catalog.%'],
} as const

export type FactGroup = keyof typeof patterns | 'other'
export const factGroups: readonly FactGroup[] = [...(Object.keys(patterns) as (keyof typeof patterns)[]), 'other']

/** What a person's own timeline never holds. */
const ofTheShop: ReadonlySet<FactGroup> = new Set(['many', 'goods'])
export const timelineGroups: readonly FactGroup[] = factGroups.filter((group) => !ofTheShop.has(group))

/** Patterns of some groups, and whether what no group names is asked for too. */
export function patternsOf(groups: readonly FactGroup[]): { like: string[]; others: boolean; known: string[] } {
  const named = groups.filter((group) => group !== 'other')
  return {
    like: named.flatMap((group) => [...patterns[group as keyof typeof patterns]]),
    others: groups.includes('other'),
    known: Object.values(patterns).flat(),
  }
}
