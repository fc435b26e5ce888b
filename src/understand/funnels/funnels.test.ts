import { expect, test } from 'vitest'
import { useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { countCustomers } from '#understand/query/index.ts'
import { instantOf, openShop } from '#understand/query/testing/open-shop.ts'
import { type Person, smallShop } from '#understand/query/testing/small-shop.ts'
import { planFor } from '#understand/value/index.ts'
import { funnel } from './contract.ts'
import { runFunnel } from './run-funnel.ts'

const house = useHouse()
const shop = smallShop(5, 150)
const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000
const today = dayNumber('2026-03-01')

type Moment = { at: number; day: number }

/** When a person did something, from the data. */
function momentsOf(person: Person, did: string): Moment[] {
  const all =
    did === 'bought'
      ? person.orders.filter(({ kind, status }) => kind === 'sale' && status !== 'void')
      : person.deeds.filter(({ kind }) => kind === did)
  return all
    .map(({ day, minute }) => ({ at: Date.parse(instantOf(day, minute)), day: dayNumber(day) }))
    .filter(({ day }) => day <= today)
}

function cameSoFar(person: Person, steps: readonly { did: string; within?: number }[], days: number): boolean {
  const [first, ...later] = steps
  const goesOn = (before: Moment, [next, ...rest]: typeof later): boolean =>
    !next ||
    momentsOf(person, next.did).some(
      (one) =>
        one.at > before.at && (next.within === undefined || one.day - before.day <= next.within) && goesOn(one, rest),
    )
  return momentsOf(person, first!.did).some((one) => today - one.day < days && goesOn(one, later))
}

test('a funnel counts who came how far, as one counts by looking at each person, and opens them and who stayed', async () => {
  const ctx = await house()
  await openShop(ctx, shop)
  await projectAll(ctx)
  const steps = [{ did: 'viewed' }, { did: 'carted', within: 120 }, { did: 'bought', within: 200 }]

  for (const asked of [
    funnel.parse({ steps, days: 730 }),
    funnel.parse({ steps: [{ did: 'bought' }, { did: 'viewed' }], days: 400, where: { is: 'has', what: 'phone' } }),
  ]) {
    const people = asked.where.is === 'everyone' ? shop.people : shop.people.filter(({ phone }) => phone)
    const { steps: found } = await runFunnel(ctx, asked)
    const expected = asked.steps.map(
      (_, at) => people.filter((one) => cameSoFar(one, asked.steps.slice(0, at + 1), asked.days)).length,
    )

    expect(found.map(({ reached }) => reached)).toEqual(expected)
    expect(expected.at(-1)).toBeGreaterThan(0)
    expect(found[1]!.stepRate).toBe(expected[1]! / expected[0]!)
    expect(found.at(-1)!.wholeRate).toBe(expected.at(-1)! / expected[0]!)
    for (const { reached, people: behind, stayed, stayedPeople } of found) {
      expect(await countCustomers(ctx, await planFor(ctx, { where: behind }))).toBe(reached)
      if (stayedPeople) expect(await countCustomers(ctx, await planFor(ctx, { where: stayedPeople }))).toBe(stayed)
    }
  }
})
