import { expect, test } from 'vitest'
import type { PageRoute } from '../page.ts'
import { entriesOf, homeOf, isWithin } from './navigation.ts'

const page = (path: `/${string}`, area: 'overview' | 'customers' | 'orders', may: string): PageRoute => ({
  path,
  title: `${area}.title`,
  nav: { area },
  may,
  load: async () => ({ default: () => null }),
})
const pages = [
  page('/orders', 'orders', 'orders.read'),
  page('/', 'overview', 'insight.read'),
  page('/customers', 'customers', 'customers.read'),
]

test('the navigation shows what a person may see, in the order of work', () => {
  const assistant = ['customers.read', 'orders.read']

  const entries = entriesOf([{ pages }], assistant)

  expect(entries.map(({ area }) => area)).toEqual(['customers', 'orders', 'settings'])
})

test('who may not see the overview begins at the customers', () => {
  expect(homeOf(pages, ['customers.read', 'orders.read'])).toBe('/customers')
})

test('a customer’s page belongs to the customers, the overview to itself alone', () => {
  const [overview, customers] = entriesOf([{ pages }], ['*'])

  expect(isWithin(customers!, '/customers/12')).toBe(true)
  expect(isWithin(customers!, '/customers-of-the-moon')).toBe(false)
  expect(isWithin(overview!, '/customers')).toBe(false)
})
