import { regionsNamed } from '#know/regions/index.ts'
import { readList, readSure, sureWritten } from '../clauses.ts'
import { form } from '../form.ts'
import { placeWritten } from '../places.ts'
import type { Reader } from '../reader.ts'
import { listWritten } from '../written.ts'

/** `region in (浙江, 杭州/西湖区, France/Normandie)`. */
export const region = form({
  is: ['region'],
  heads: ['region'],
  read: (reader) => ({ is: 'region', in: readList(reader, () => readPlace(reader)), ...readSure(reader) }),
  write: (one, names) =>
    `region ${listWritten(one.in.map((place) => placeWritten(place, names.locale)))}${sureWritten(one)}`,
})

function readPlace(reader: Reader): number | string {
  const { names } = reader
  const here = reader.token()
  const code = reader.code()
  if (code !== undefined) return code
  const name = reader.text('region')
  const found = regionsNamed(name)
  if (found.length === 1) return found[0]!
  if (found.length === 0) return reader.refuse('query.text.unknown_name', here, { kind: 'region', name })
  const some = found.slice(0, 6).map((one) => placeWritten(one, names.locale))
  const which = some.join(' · ') + (found.length > some.length ? ' …' : '')
  return reader.refuse('query.text.several_regions', here, { name, which })
}
