import { type IdentifierKind, normalIdentifier } from '#know/customers/index.ts'
import type { OwnField } from '#know/fields/contract.ts'
import { isRuinedNumber } from '#platform/files/index.ts'
import type { Preset, Target } from '../preset.ts'
import { arrivalReader } from './arrival.ts'
import { birthdayOf } from './birthday.ts'
import type { Cells } from './cells.ts'
import { consentReader } from './consents.ts'
import { namesIn, ownReader } from './own.ts'
import { RowProblem } from './problem.ts'

/** A person as one row says: the id by which its source knows it, and what is said, as the JSON that is staged. */
export type Person = { externalId: string | undefined; doc: string | undefined }

const identifiers: [Target, IdentifierKind][] = [
  ['customer.id', 'buyer'],
  ['customer.buyer', 'buyer'],
  ['customer.member', 'member'],
  ['customer.phone', 'phone'],
  ['customer.phone2', 'phone'],
  ['customer.email', 'email'],
]

/** Longest text of each field, as customers take it. */
const texts: [Target, string, number][] = [
  ['customer.name', 'name', 120],
  ['customer.country', 'country', 80],
  ['customer.province', 'province', 80],
  ['customer.city', 'city', 80],
  ['customer.district', 'district', 80],
  ['customer.address', 'address', 300],
  ['customer.postcode', 'postcode', 20],
  ['customer.occupation', 'occupation', 120],
  ['customer.income', 'income', 80],
  ['customer.education', 'education', 80],
  ['customer.personality', 'personality', 500],
  ['customer.preferences', 'preferences', 1000],
  ['customer.notes', 'notes', 4000],
]

const genders: Record<string, string> = {
  女: 'female',
  女士: 'female',
  女性: 'female',
  小姐: 'female',
  female: 'female',
  f: 'female',
  woman: 'female',
  w: 'female',
  男: 'male',
  男士: 'male',
  男性: 'male',
  先生: 'male',
  male: 'male',
  m: 'male',
  man: 'male',
  其他: 'other',
  其它: 'other',
  other: 'other',
  x: 'other',
}

/**
 * Reads what a row says of its customer. Masked values (`138****1234`, `张**`) are no identifiers and no names, and are left out.
 * The last 10,000 persons are remembered by their cells: lines of an order share them.
 */
export function personReader(
  preset: Preset,
  cells: Cells,
  { country, own }: { country: string | undefined; own: readonly OwnField[] },
): (row: string[]) => Person {
  const ownValues = ownReader(preset, cells, own)
  const consents = consentReader(preset, cells)
  const arrival = arrivalReader(preset, cells)
  const columns = [...cells.columnsOf('customer.'), ...cells.columnsOf('consent.')]
  const known = new Map<string, Person>()
  const nothing: Person = { externalId: undefined, doc: undefined }
  if (columns.length === 0) return () => nothing

  let last: string[] = []
  let lastPerson = nothing
  return (row) => {
    let same = last.length > 0
    for (let at = 0; same && at < columns.length; at += 1) same = row[columns[at]!] === last[at]
    if (same) return lastPerson
    const said = columns.map((column) => row[column] ?? '')
    const key = said.join('\u0001')
    let person = known.get(key)
    if (!person) {
      person = read(row)
      if (known.size >= 10_000) known.clear()
      known.set(cells.kept(key), person)
    }
    last = said
    lastPerson = person
    return person
  }

  function read(row: string[]): Person {
    const doc: Record<string, unknown> = {}
    let externalId: string | undefined
    for (const [target, kind] of identifiers) {
      let raw = cells.text(row, target)
      if (raw === '') continue
      if (isRuinedNumber(raw))
        throw new RowProblem({ reason: 'exchange.ruined_number', column: cells.nameOf(target), value: raw })
      if (target === 'customer.id' && preset.customerNumbers === 'whole') raw = raw.replace(/^(\d+)\.0+$/, '$1')
      if (raw.includes('**') && kind !== 'buyer') continue
      const normal = normalIdentifier(kind, raw, country)
      if (!normal) {
        if (kind === 'phone') continue // landlines without an area code and the like: kept by nobody, known by nobody
        throw new RowProblem({ reason: 'exchange.bad_identifier', column: cells.nameOf(target), value: raw })
      }
      const scope = kind === 'buyer' ? preset.source.code : ''
      doc[`@${kind} ${scope} ${normal.value}`] = normal.raw
    }
    for (const target of [
      'customer.id',
      'customer.buyer',
      'customer.member',
      'customer.email',
      'customer.phone',
    ] as const) {
      const kind = identifiers.find(([one]) => one === target)![1]
      const prefix = `@${kind} ${kind === 'buyer' ? preset.source.code : ''} `
      const found = cells.text(row, target) === '' ? undefined : Object.keys(doc).find((key) => key.startsWith(prefix))
      if (!found) continue
      externalId = found.slice(prefix.length)
      break
    }
    for (const [target, field, longest] of texts) {
      const value = cells.text(row, target)
      if (value === '' || (field === 'name' && value.includes('**'))) continue
      if (value.length > longest) {
        throw new RowProblem({
          reason: 'exchange.too_long',
          column: cells.nameOf(target),
          value,
          params: { allowed: longest },
        })
      }
      doc[field] = value.toWellFormed()
    }
    const gender = cells.text(row, 'customer.gender')
    if (gender !== '' && genders[gender.toLowerCase()]) doc.gender = genders[gender.toLowerCase()]
    const birthday = cells.text(row, 'customer.birthday')
    if (birthday !== '') {
      const read = birthdayOf(birthday, preset.dates)
      if (typeof read === 'string') {
        throw new RowProblem({ reason: read, column: cells.nameOf('customer.birthday'), value: birthday })
      }
      doc.birthday = read
    }
    ownValues(row, doc)
    const tags = namesIn(cells.text(row, 'customer.tags'), cells)
    if (tags.length > 0) doc['#tags'] = tags
    // Who cannot be known again cannot be written to either.
    if (externalId !== undefined) consents(row, doc)
    if (externalId !== undefined) arrival(row, doc)
    const said = Object.keys(doc).length > 0
    return { externalId, doc: said ? JSON.stringify(doc) : undefined }
  }
}
