import type { Condition } from '../contract.ts'
import type { Names } from './names.ts'
import { placeSaid } from './places.ts'
import { numbers, or, type Speech } from './speech.ts'

type Where = Extract<Condition, { is: 'region' | 'distance' | 'nearest' }>

/** Where people are, and how far from the shops. */
export function whereSaid(tree: Where, names: Names, speech: Speech): string {
  const { say, locale } = speech
  const shops = (ids: readonly number[]) =>
    or(
      speech,
      ids.map((id) => names.nameOf('shop', id) ?? `#${id}`),
    )
  switch (tree.is) {
    case 'region': {
      const places = tree.in.map((place) => placeSaid(place, locale))
      return say('query.list', { field: say('query.field.region'), list: or(speech, places) })
    }
    case 'distance': {
      const format = new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilometer', maximumFractionDigits: 10 })
      const km = (value?: number) => (value === undefined ? undefined : format.format(value))
      return say('query.measured', {
        what: tree.to ? say('query.distance_to', { shops: shops(tree.to) }) : say('query.distance_to_nearest'),
        span: numbers(speech, { from: km(tree.atLeast), to: km(tree.atMost) }),
        of: '',
      })
    }
    case 'nearest':
      return say('query.nearest', { shops: shops(tree.in) })
  }
}
