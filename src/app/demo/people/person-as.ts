import type { Agent } from '../life/agent.ts'
import { numberOf, type Person, personOf } from './person.ts'

/** Who an agent is at the outlet that it comes to. */
export function personAs({ chance, outlet, taste, habit }: Agent): Person & { number: string } {
  const loyal = habit === 'regular' || habit === 'devotee' || habit === 'collector' || habit === 'house'
  return { ...personOf(chance, { outlet, taste, loyal }), number: numberOf(chance.key) }
}
