import { type FieldKey, fieldOf } from '#know/customers/contract.ts'
import { type IdentifierKind, normalIdentifier } from '#know/customers/index.ts'
import type { Incoming } from '#know/identity/index.ts'
import { type Json, type Message, object, text } from './message.ts'

type Identifier = Incoming['identifiers'][number]
type Person = Incoming & { identifiers: Identifier[] }

/** Whose message it is, within a batch: a known user of the source, else a browser. */
export function refOf({ origin, userId, anonymousId }: Message): string {
  return userId ? `${origin.sourceId} u ${userId}` : `${origin.sourceId} a ${anonymousId}`
}

/**
 * The people of a batch, each once, with all that its messages say of them; what is said later stands. A user's messages carry the
 * browser's id too: that is how what a browser did before becomes theirs.
 * @param country for phones without a prefix
 */
export function peopleOf(messages: readonly Message[], country: string | undefined): Incoming[] {
  const people = new Map<string, Person>()
  for (const message of [...messages].sort((a, b) => a.at.getTime() - b.at.getTime())) {
    const ref = refOf(message)
    const one = people.get(ref) ?? personOf(ref, message)
    people.set(ref, one)
    const said = identifiersOf(message, country)
    for (const identifier of said) {
      const known = one.identifiers.some(({ kind, value }) => kind === identifier.kind && value === identifier.value)
      if (!known) one.identifiers.push(identifier)
    }
    const values = message.type === 'identify' ? valuesOf(message.traits) : {}
    if (Object.keys(values).length > 0) {
      one.values = { ...one.values, ...values }
      one.origin = 'stated'
      one.at = message.at
    }
  }
  return [...people.values()]
}

function personOf(ref: string, { origin, userId, at }: Message): Person {
  return {
    ref,
    sourceId: origin.sourceId,
    externalId: userId,
    identifiers: userId ? [{ kind: 'buyer', scope: origin.source, value: userId }] : [],
    at,
    origin: 'observed',
  }
}

/** Where a platform's ids are unique within an app, the app is told beside them, or the source stands for it. */
function identifiersOf({ type, origin, anonymousId, traits, raw }: Message, country: string | undefined): Identifier[] {
  const said: Identifier[] = []
  const say = (kind: IdentifierKind, told: unknown, scope = '') => {
    const given = text(told, 254)
    const normal = given && normalIdentifier(kind, given, country)
    if (normal) said.push({ kind, scope, value: normal.value, raw: normal.raw })
  }
  say('anonymous', anonymousId, origin.source)
  if (type === 'alias') say('anonymous', raw.previousId, origin.source)
  say('email', traits.email)
  say('phone', traits.phone)
  say('member', traits.member_number ?? traits.memberNumber)
  say('card', traits.loyalty_card ?? traits.loyaltyCard)
  say('openid', traits.openid, text(traits.appid, 64) ?? origin.source)
  say('unionid', traits.unionid, text(traits.platform_account, 64) ?? '')
  say('external_userid', traits.external_userid, text(traits.corpid, 64) ?? '')
  return said
}

/** What an identify says of a person, in the words of the shop. What does not fit its field is left out. */
export function valuesOf(traits: Json): Partial<Record<FieldKey, unknown>> {
  const address = object(traits.address)
  const said: Partial<Record<FieldKey, unknown>> = {
    name: nameOf(traits),
    gender: genderOf(traits.gender),
    birthday: birthdayOf(traits.birthday),
    country: text(address.country, 80),
    province: text(address.state, 80) ?? text(address.province, 80),
    city: text(address.city, 80),
    district: text(address.district, 80),
    address: text(address.street, 300) ?? (typeof traits.address === 'string' ? text(traits.address, 300) : undefined),
    postcode: text(address.postalCode, 20) ?? text(address.postal_code, 20),
    occupation: text(traits.title, 120),
  }
  const fitting = Object.entries(said).flatMap(([field, value]) => {
    if (value === undefined) return []
    const parsed = fieldOf(field as FieldKey).shape.safeParse(value)
    return parsed.success ? [[field, parsed.data]] : []
  })
  return Object.fromEntries(fitting)
}

const han = /\p{Script=Han}/u

function nameOf(traits: Json): string | undefined {
  const whole = text(traits.name, 120)
  if (whole) return whole
  const first = text(traits.firstName, 60) ?? text(traits.first_name, 60) ?? ''
  const last = text(traits.lastName, 60) ?? text(traits.last_name, 60) ?? ''
  return (han.test(first + last) ? `${last}${first}` : `${first} ${last}`.trim()) || undefined
}

const genders: Record<string, string> = {
  f: 'female',
  female: 'female',
  女: 'female',
  m: 'male',
  male: 'male',
  男: 'male',
}

function genderOf(told: unknown): string | undefined {
  const given = text(told, 20)?.toLowerCase()
  return given && (genders[given] ?? 'other')
}

function birthdayOf(told: unknown): unknown {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(text(told, 40) ?? '') ?? []
  return year ? { calendar: 'solar', year: Number(year), month: Number(month), day: Number(day) } : undefined
}
