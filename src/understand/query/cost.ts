import { Refusal } from '#platform/refusal.ts'
import type { Condition } from './contract.ts'

/** Readings of orders, behaviour or records that one question may ask for: each costs up to a second at ten million orders. */
export const mostReadings = 40

/** Conditions of one question, those of the segments it names included. */
const mostConditions = 500

/** @throws Refusal `query.too_costly` */
export function refuseCostly(tree: Condition): void {
  const { readings, conditions } = costOf(tree)
  if (readings > mostReadings || conditions > mostConditions) {
    throw new Refusal('invalid', 'query.too_costly', { asked: readings, most: mostReadings })
  }
}

/** How many conditions a question has, and how many of them read more than the traits. */
export function costOf(tree: Condition): { conditions: number; readings: number } {
  switch (tree.is) {
    case 'not':
    case 'and':
    case 'or':
      return (tree.is === 'not' ? [tree.of] : tree.of)
        .map(costOf)
        .reduce(
          (sum, one) => ({ conditions: sum.conditions + one.conditions, readings: sum.readings + one.readings }),
          { conditions: 1, readings: 0 },
        )
    case 'orders':
    case 'orderDay': {
      const lines = tree.productIds ?? tree.categories ?? tree.brandIds ?? tree.priceFrom ?? tree.priceTo
      const distinct = tree.is === 'orders' && (tree.of === 'products' || tree.of === 'categories')
      return { conditions: 1, readings: lines !== undefined || distinct || tree.sinceBirthday ? 1 : 0 }
    }
    case 'sequence':
      return { conditions: 1, readings: tree.steps.length }
    case 'path':
    case 'parcel':
      return { conditions: 1, readings: 2 }
    case 'tagged':
      return { conditions: 1, readings: tree.in.length }
    case 'firstBought':
      return { conditions: 1, readings: (tree.productIds ?? tree.categories ?? tree.brandIds) ? 1 : 0 }
    case 'has':
      return { conditions: 1, readings: tree.what === 'phone' || tree.what === 'email' ? 0 : 1 }
    case 'picked':
    case 'snapshot':
    case 'foretoldAction':
    case 'state':
    case 'likely':
    case 'may':
    case 'did':
    case 'reviewed':
    case 'came':
    case 'own':
    case 'boughtProduct':
      return { conditions: 1, readings: 1 }
    default:
      return { conditions: 1, readings: 0 }
  }
}
