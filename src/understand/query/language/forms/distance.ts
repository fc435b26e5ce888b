import type { DistanceCondition } from '../../distance-conditions.ts'
import { readNames } from '../clauses.ts'
import { endsWritten, named, readEnds } from '../ends.ts'
import { form } from '../form.ts'
import type { Reader } from '../reader.ts'
import { listWritten, nameWritten, numberWritten } from '../written.ts'

/** `distance to nearest <= 5 km`, `distance to (一店, 二店) between 5 and 10 km`, `nearest_shop = 一店`. */
export const distance = [
  form({
    is: ['distance'],
    heads: ['distance'],
    read(reader) {
      reader.mustWord('to')
      const to = reader.word('nearest') ? undefined : readShops(reader)
      const ends = named(
        readEnds(reader, () => reader.number({ whole: false })),
        'atLeast',
        'atMost',
      )
      if (ends.atLeast !== undefined || ends.atMost !== undefined) reader.mustWord('km')
      return { is: 'distance', ...(to ? { to } : {}), ...ends } satisfies DistanceCondition
    },
    write: ({ to, atLeast, atMost }, names) => {
      const shops = to ? `(${to.map((id) => nameWritten(names, 'shop', id)).join(', ')})` : 'nearest'
      const ends = endsWritten({ from: atLeast, to: atMost }, (value) => numberWritten(value))
      return `distance to ${shops}${ends}${ends ? ' km' : ''}`
    },
  }),
  form({
    is: ['nearest'],
    heads: ['nearest_shop'],
    read: (reader) => ({ is: 'nearest', in: readNames(reader, 'shop') }),
    write: (one, names) => `nearest_shop ${listWritten(one.in.map((id) => nameWritten(names, 'shop', id)))}`,
  }),
]

function readShops(reader: Reader): number[] {
  reader.mustSign('(')
  const shops = [reader.id('shop')]
  while (reader.sign(',')) shops.push(reader.id('shop'))
  reader.mustSign(')')
  return shops
}
