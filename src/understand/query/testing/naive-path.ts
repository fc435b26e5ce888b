import type { Condition, PathPlace } from '../contract.ts'
import { dayNumber, type NaiveLens } from './naive-lens.ts'
import type { Person } from './small-shop.ts'

type Path = Extract<Condition, { is: 'path' }>
type Event = { at: number; did: PathPlace['did']; productIds: number[] }

const minuteOf = (day: string, minute: number) => dayNumber(day) * 1440 + minute

/** Whether a person went a way, read from the definition: visit by visit, event by event. */
export function wentPath(tree: Path, person: Person, lens: NaiveLens): boolean {
  const to = tree.to && tree.to < lens.asOf ? tree.to : lens.asOf
  const from = tree.from ?? new Date(Date.parse(to) - (tree.days! - 1) * 86_400_000).toISOString().slice(0, 10)
  const seen = ({ shopId, day }: { shopId: number; day: string }) =>
    day <= to && [tree.shopIds, lens.shopIds].every((ids) => !ids || ids.includes(shopId))
  const events: Event[] = [
    ...person.deeds
      .filter(seen)
      .map(({ kind, day, minute, productIds }) => ({ at: minuteOf(day, minute), did: kind, productIds })),
    ...person.orders
      .filter((one) => seen(one) && one.kind === 'sale' && one.status !== 'void')
      .map(({ day, minute }) => ({ at: minuteOf(day, minute), did: 'bought' as const, productIds: [] })),
  ].sort((a, b) => a.at - b.at || order(a, tree, lens).localeCompare(order(b, tree, lens)))
  const visits: Event[][] = []
  for (const [at, event] of events.entries()) {
    if (at > 0 && event.at - events[at - 1]!.at < 30) visits.at(-1)!.push(event)
    else visits.push([event])
  }
  return visits.some((visit) => visit[0]!.at >= minuteOf(from, 0) && goes(visit, tree, lens))
}

function goes(visit: Event[], tree: Path, lens: NaiveLens): boolean {
  const labels = visit
    .map((event) => labelOf(placeOf(event, tree, lens)))
    .filter((label, at, all) => at === 0 || label !== all[at - 1])
  const begins = labels.findIndex((label) => label.startsWith(`${tree.start} `))
  if (tree.start !== 'arrival' && begins < 0) return false
  const after =
    tree.start === 'arrival' ? labels : tree.back ? labels.slice(0, begins).reverse() : labels.slice(begins + 1)
  return tree.steps.every(({ in: among, out }, at) => {
    const here = after[at] ?? (at === after.length ? labelOf({ did: 'nothing' }) : undefined)
    if (here === undefined) return false
    if (among) return among.some((one) => labelOf(one) === here)
    return here !== labelOf({ did: 'nothing' }) && !(out ?? []).some((one) => labelOf(one) === here)
  })
}

function placeOf({ did, productIds }: Event, { by }: Path, { shop }: NaiveLens): PathPlace {
  const category = shop.products.find(({ id }) => id === productIds[0])?.category
  if (by === 'category' && category) return { did, category }
  return by === 'product' && productIds[0] ? { did, productId: productIds[0] } : { did }
}

const labelOf = ({ did, category, productId, page }: PathPlace) => `${did} ${category ?? productId ?? page ?? ''}`

/** Of one moment: by kind, then by what it was of. */
function order(event: Event, tree: Path, lens: NaiveLens): string {
  return `${['viewed', 'carted', 'bought'].indexOf(event.did)}${labelOf(placeOf(event, tree, lens))}`
}
