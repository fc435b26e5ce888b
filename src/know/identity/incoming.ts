import { createHash } from 'node:crypto'
import type { IdentifierKind, Origin } from '#know/customers/index.ts'
import { keyOf } from './evidence.ts'
import { tyingKinds } from './rules.ts'

/** One source's view of a person as a door brings it; identifiers are in compare form (know/customers/identifier.ts). */
export type Incoming = {
  /** The door's own name of it, unique in the batch; also decides between two of the same moment. */
  ref: string
  sourceId: number
  /** The source's own name of the person; without one, the strongest identifier is its name. */
  externalId?: string
  identifiers: readonly { kind: IdentifierKind; scope: string; value: string; raw?: string | null }[]
  /** Fields (know/customers/field.ts), checked by the door. */
  values?: Readonly<Record<string, unknown>>
  at: Date
  origin: Extract<Origin, 'stated' | 'observed' | 'import'>
}

export type Told = { field: string; value: unknown; at: Date; origin: Origin }

/** A profile as a batch tells of it: all its rows together. */
export type Person = {
  sourceId: number
  externalId: string
  isPerson: boolean
  at: number
  ref: string
  refs: string[]
  /** What was written, by `kind scope value`, null where it is the compare form. */
  identifiers: Map<string, string | null>
  /** The last word on each field. */
  told: Map<string, Told>
  historic: boolean
}

/** The name under which a browser's own profile stands in its source. */
export const browserOf = (id: string) => `anonymous:${id}`

/**
 * The profiles that a batch speaks of: one each source and external id, however often it is named. Who brings a browser's id
 * brings that browser's profile along.
 */
export function peopleOf(incoming: readonly Incoming[]): Person[] {
  const people: Person[] = []
  const bySource = new Map<number, Map<string, Person>>()
  for (const one of incoming) {
    const browsers = one.identifiers.filter(({ kind }) => kind === 'anonymous')
    const name = one.externalId ?? nameOf(one)
    if (name === undefined) throw new Error(`${one.ref} comes without a name and without identifiers`)
    const isPerson = one.externalId !== undefined || one.identifiers.length > browsers.length
    let named = bySource.get(one.sourceId)
    if (!named) {
      named = new Map()
      bySource.set(one.sourceId, named)
    }
    const person = personOf(people, named, one, name, isPerson)
    person.refs.push(one.ref)
    for (const identifier of one.identifiers) {
      const key = keyOf(identifier)
      if (!person.identifiers.has(key)) person.identifiers.set(key, identifier.raw ?? null)
    }
    for (const field in one.values) {
      const value = one.values[field]
      const before = person.told.get(field)
      if (value !== undefined && value !== null && !(before && before.at > one.at)) {
        person.told.set(field, { field, value, at: one.at, origin: one.origin })
      }
    }
    if (isPerson) for (const { value } of browsers) personOf(people, named, one, browserOf(value), false)
  }
  return people
}

export const personKey = (sourceId: number, externalId: string) => `${sourceId} ${externalId}`

function personOf(
  people: Person[],
  named: Map<string, Person>,
  one: Incoming,
  externalId: string,
  isPerson: boolean,
): Person {
  const at = one.at.getTime()
  const known = named.get(externalId)
  if (known) {
    known.isPerson ||= isPerson
    known.historic &&= one.origin === 'import'
    if (at < known.at || (at === known.at && one.ref < known.ref)) Object.assign(known, { at, ref: one.ref })
    return known
  }
  const person: Person = {
    sourceId: one.sourceId,
    externalId,
    isPerson,
    at,
    ref: one.ref,
    refs: [],
    identifiers: new Map(),
    told: new Map(),
    historic: one.origin === 'import',
  }
  named.set(externalId, person)
  people.push(person)
  return person
}

/** Whom a source does not name is named by the strongest identifier: hashed, for names stand in lists. */
function nameOf({ identifiers }: Incoming): string | undefined {
  for (const kind of tyingKinds) {
    const found = identifiers.filter((one) => one.kind === kind).map(keyOf)
    if (found.length > 0) return `~${createHash('sha256').update(found.sort()[0]!).digest('base64url').slice(0, 24)}`
  }
  const browser = identifiers.find(({ kind }) => kind === 'anonymous')
  return browser && browserOf(browser.value)
}
