import { isOwnKey } from '#know/fields/contract.ts'
import type { Actor, Context, Level } from '#platform/context.ts'
import type { Birthday } from './birthday.ts'
import type { CustomerChange, CustomerIdentifier, CustomerRow, CustomerValue, MaskedBirthday } from './contract.ts'
import { type FieldKey, fieldKeys, fieldOf, type SightKind, sightKinds } from './field.ts'
import { hidden, maskEmail, maskName, maskNumber, maskPhone } from './mask.ts'

const none: ReadonlySet<string> = new Set()

/** The one place that decides how much of a person an actor is shown. Lists, pages, histories and exports all go through it. */

export function levelOf({ sight }: Actor, kind: SightKind): Level {
  return sight?.[kind] ?? 'full'
}

/**
 * The kind of a field or an identifier; undefined for what every reader of customers is shown. Sensitive fields of the shop's own
 * are notes.
 */
export function kindOf(field: string, sensitiveOwn: ReadonlySet<string> = none): SightKind | undefined {
  if (isOwnKey(field)) return sensitiveOwn.has(field) ? 'notes' : undefined
  if (field === 'phone' || field === 'email') return field
  return fieldKeys.includes(field as FieldKey) ? fieldOf(field as FieldKey).kind : undefined
}

/** The kinds that an actor is not shown whole. */
export function veiled(actor: Actor): SightKind[] {
  return sightKinds.filter((kind) => levelOf(actor, kind) !== 'full')
}

/** The kinds that an actor may not know of at all. */
export function unknownTo(actor: Actor): SightKind[] {
  return sightKinds.filter((kind) => levelOf(actor, kind) === 'none')
}

/** A value as the kind's mask leaves it. */
function masked(kind: SightKind, value: unknown): unknown {
  if (value === null || value === undefined) return value
  switch (kind) {
    case 'phone':
      return maskPhone(String(value))
    case 'email':
      return maskEmail(String(value))
    case 'birthday': {
      const { calendar, month } = value as Birthday
      return { calendar, month } satisfies MaskedBirthday
    }
    default:
      return hidden
  }
}

/** What an actor is shown of a value: [as shown, whether something of it is hidden]. */
function shownOf(actor: Actor, field: string, value: unknown, sensitive = none): [value: unknown, isMasked: boolean] {
  const kind = kindOf(field, sensitive)
  const level = kind ? levelOf(actor, kind) : 'full'
  if (level === 'full' || value === null || value === undefined) return [value, false]
  return level === 'none' ? [null, false] : [masked(kind!, value), true]
}

/** A field's value as text, as an actor is shown it; for quotes outside of customers' own pages. */
export function shownField(actor: Actor, field: string, text: string | null): string | null {
  const kind = kindOf(field)
  if (text === null || !kind || levelOf(actor, kind) === 'full') return text
  return kind === 'phone' ? maskPhone(text) : kind === 'email' ? maskEmail(text) : hidden
}

function seesIn(actor: Actor) {
  return { phone: levelOf(actor, 'phone') === 'full', email: levelOf(actor, 'email') === 'full' }
}

/** A number of a person, as a member number or the id in another system, which may be a phone in disguise. */
export function shownNumber({ actor }: Context, number: string): string {
  return maskNumber(number, seesIn(actor))
}

/** A row of a list with what the actor may see of it. `masked` names the kinds of which something is hidden. */
export function shownRow<T extends Pick<CustomerRow, 'phone' | 'email' | 'birthday' | 'number'>>(
  ctx: Context,
  row: T,
): T {
  if (veiled(ctx.actor).length === 0) return row
  const { number, phone, email, birthday } = row
  const seen = { ...row, number: number && shownNumber(ctx, number) }
  return withShown(ctx, seen, seen, { phone, email, birthday })
}

/** The further fields of a row that is shown already. */
export function shownMore<T extends Pick<CustomerRow, 'more' | 'masked'>>(
  ctx: Context,
  row: T,
  sensitive: ReadonlySet<string>,
): T {
  if (veiled(ctx.actor).length === 0 || !row.more) return row
  const more = { ...row.more }
  return withShown(ctx, { ...row, more }, more, row.more, sensitive)
}

/** Puts the fields as they are shown into a part of the row, and names in the row what is hidden. */
function withShown<T extends object>({ actor }: Context, row: T, part: object, fields: object, sensitive = none): T {
  const kinds = new Set<SightKind>('masked' in row ? (row.masked as SightKind[]) : [])
  for (const [field, value] of Object.entries(fields)) {
    const [shown, isMasked] = shownOf(actor, field, value, sensitive)
    // A field of the row is null where it is not there; a further field is left out.
    Object.assign(part, { [field]: shown ?? (part === row ? null : undefined) })
    if (isMasked) kinds.add(kindOf(field, sensitive)!)
  }
  return kinds.size > 0 ? { ...row, masked: [...kinds] } : row
}

/** What a source says of a field; what the actor may not know of at all is left out. */
export function shownValues<T extends Pick<CustomerValue, 'field' | 'value'>>(
  { actor }: Context,
  values: T[],
  sensitive: ReadonlySet<string>,
): T[] {
  return values.flatMap((one) => {
    const [value, isMasked] = shownOf(actor, one.field, one.value, sensitive)
    return value === null ? [] : [{ ...one, value, ...(isMasked ? { masked: true } : {}) }]
  })
}

export function shownIdentifiers<T extends Pick<CustomerIdentifier, 'kind' | 'value' | 'raw'>>(
  ctx: Context,
  identifiers: T[],
): T[] {
  return identifiers.flatMap((one) => {
    if (kindOf(one.kind) === undefined) {
      return [{ ...one, value: shownNumber(ctx, one.value), raw: one.raw && shownNumber(ctx, one.raw) }]
    }
    const [value, isMasked] = shownOf(ctx.actor, one.kind, one.value)
    if (value === null) return []
    return [isMasked ? { ...one, value: value as string, raw: null, masked: true } : one]
  })
}

type Kept = { scope: string; value: string; raw: string | null }

/** A change with what the actor may see of both sides; of a kind that she may not know of, nothing. */
export function shownChange<T extends Pick<CustomerChange, 'field' | 'old' | 'new'>>(
  ctx: Context,
  change: T,
  sensitive: ReadonlySet<string>,
): T {
  const isIdentifier = !fieldKeys.includes(change.field as FieldKey) && !isOwnKey(change.field)
  let isMasked = false
  const show = (value: unknown) => {
    if (isIdentifier && value) {
      const { scope, ...kept } = value as Kept
      const [one] = shownIdentifiers(ctx, [{ ...kept, kind: change.field as CustomerIdentifier['kind'] }])
      if (one && 'masked' in one) isMasked = true
      return one ? { scope, value: one.value, raw: one.raw } : null
    }
    const [shown, hides] = shownOf(ctx.actor, change.field, value, sensitive)
    isMasked ||= hides
    return shown
  }
  const seen = { ...change, old: show(change.old), new: show(change.new) }
  return isMasked ? { ...seen, masked: true } : seen
}

/** What the audit log keeps of a value to look at: less than any role is shown. */
export function auditMask(field: string) {
  return (value: unknown): unknown => {
    if (value === null) return null
    if (isOwnKey(field)) return hidden
    const kind = kindOf(field)
    if (kind) return masked(kind, value)
    if (field === 'name') return maskName(String(value))
    return typeof value === 'string' ? maskNumber(value, { phone: false, email: false }) : value
  }
}
