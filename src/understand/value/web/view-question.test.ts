import { expect, test } from 'vitest'
import { questionOf } from './view-question.ts'

test('a list asks of an own field by choice, yes or no, ends, and whether it is known; what is broken asks nothing', () => {
  const asked = (own: string) => {
    const { where } = questionOf({ own })
    return where.is === 'and' ? where.of[0] : undefined
  }

  expect(asked('3:2')).toEqual({ is: 'own', fieldId: 3, in: [2] })
  expect(asked('3:no')).toEqual({ is: 'own', fieldId: 3, yes: false })
  expect(asked('3:10..20.5')).toEqual({ is: 'own', fieldId: 3, atLeast: 10, atMost: 20.5 })
  expect(asked('3:..2026-03-01')).toEqual({ is: 'own', fieldId: 3, to: '2026-03-01' })
  expect(asked('3:..')).toEqual({ is: 'own', fieldId: 3 })
  expect(asked('3:1-2..x')).toBeUndefined()
  expect(asked('3:unknown')).toEqual({ is: 'not', of: { is: 'own', fieldId: 3 } })
  expect(asked('x')).toBeUndefined()
})
