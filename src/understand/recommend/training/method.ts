import { fitted } from '../relatedness/fitted.ts'
import type { Matrix } from '../relatedness/matrix.ts'
import { neighboursOf } from '../relatedness/neighbours.ts'

/** The name of the method that is used; another one gets another name. */
export const method = 'fitted-1'

/**
 * What goes with what, by the method that won (bench recommend, docs/decisions/0024): each product's fifty nearest by cosine, weighed
 * against each other. They are held down by twice the people that a product has in the mean: a shop whose products few took says less of
 * each pair. Seconds for 5,000 products.
 */
export function relate(taken: Matrix): Matrix & { together: Float32Array } {
  const near = neighboursOf(taken, { weighing: 'plain', shrink: 10, most: 50 })
  const products = new Set(taken.columns).size
  const weighed = fitted(taken, near, Math.max(1, (2 * taken.columns.length) / Math.max(1, products)))
  // What one person alone took together is that person's, and nothing to tell others by.
  weighed.values.forEach((_, at) => {
    if (weighed.together[at]! < 2) weighed.values[at] = 0
  })
  return weighed
}
