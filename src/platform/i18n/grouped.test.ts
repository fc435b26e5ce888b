import { expect, test } from 'vitest'
import { grouped } from './grouped.ts'

test('a quantity told plainly is grouped as the language writes it', () => {
  expect(grouped('zh-CN', '共 {customers} 位客户', { customers: 19997 })).toEqual({ customers: '19,997' })
  expect(grouped('en', '{no} may not, {unknown} did not say', { no: 1054, unknown: 7 })).toEqual({
    no: '1,054',
    unknown: 7,
  })
})

test('a number that names something is shown as it is', () => {
  expect(grouped('en', 'Customer {id}, of {year}', { id: 12345, year: 2026 })).toEqual({ id: 12345, year: 2026 })
})

test('a number by which the message chooses its words stays a number', () => {
  const one = { count: 12345 }
  expect(grouped('en', '{count, plural, one {# person} other {# people}}', one)).toBe(one)
  expect(grouped('en', '{count, number} in all', one)).toBe(one)
})
