import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Condition } from '#understand/query/contract.ts'
import { randomTree } from '#understand/query/testing/random-tree.ts'
import { kindOf, kindsBy, type Leaf, partsOf } from '#understand/segments/web/condition-kinds.ts'
import { keysOf } from '#understand/segments/web/condition-parts.ts'

const leavesOf = (tree: Condition): Leaf[] => {
  if (tree.is === 'not') return leavesOf(tree.of)
  if (tree.is === 'and' || tree.is === 'or') return tree.of.flatMap(leavesOf)
  return [tree]
}

const kinds = kindsBy.flatMap(({ kinds }) => kinds)

test('every condition of the language has a form, and every part of it a field', () => {
  const one = [1, 2]
  const trees = fc.sample(
    randomTree({
      days: fc.constant('2026-03-01'),
      texts: fc.constant('上海'),
      money: fc.constant(100),
      ids: {
        staff: one,
        shop: one,
        tag: one,
        way: one,
        product: one,
        brand: one,
        segment: one,
        picked: one,
        state: one,
      },
      categories: fc.constant('茶'),
      own: fc.constant({ is: 'own', fieldId: 1 }),
    }),
    { numRuns: 3000, seed: 4 },
  )
  const unshown = new Set<string>()
  const met = new Set<string>()
  for (const leaf of trees.flatMap(leavesOf)) {
    const kind = kindOf(leaf)
    expect(kinds, JSON.stringify(leaf)).toContain(kind)
    met.add(kind)
    const shown = partsOf(kind).flatMap(keysOf)
    for (const key of Object.keys(leaf)) if (!shown.includes(key)) unshown.add(`${kind}.${key}`)
  }
  expect(kinds.filter((kind) => !met.has(kind))).toEqual([])
  // Left: what makes a condition the kind that it is, and which orders the first and the last are taken of.
  const left =
    /\.(is|of|field|which)$|^(first|lastOf)\.(days|from|to|during|shopIds|weekdays|nths|price\w+|sinceBirthday)$/
  expect([...unshown].filter((one) => !left.test(one))).toEqual([])
})
