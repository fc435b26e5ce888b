import type { IdentifierKind } from '#know/customers/index.ts'

export type { IdentifierKind }

/**
 * How much each kind of identifier says of who somebody is. The one place; the order is that in which evidence is weighed, so that
 * where two contradict, the one above decides. The settings page shows this list, and may change `adjustable` ones.
 *
 * strong: the same value is the same person, by itself. weak: it only proposes.
 * exclusive: a person has one in its scope, so two different ones are two people, whatever else they have in common.
 * sharable: may be a family's or an office's. Where several customers have the same one already, and stand apart, it only proposes.
 */
export type Rule = { strength: 'strong' | 'weak'; exclusive?: boolean; sharable?: boolean; adjustable?: boolean }

export const rules = {
  unionid: { strength: 'strong', exclusive: true },
  external_userid: { strength: 'strong', exclusive: true },
  openid: { strength: 'strong', exclusive: true },
  buyer: { strength: 'strong' },
  member: { strength: 'strong' },
  card: { strength: 'strong' },
  receipt: { strength: 'strong' },
  phone: { strength: 'strong', sharable: true, adjustable: true },
  email: { strength: 'strong', sharable: true, adjustable: true },
} as const satisfies Partial<Record<IdentifierKind, Rule>>

/**
 * Not in the list: `anonymous`, a browser's id. What it did belongs to nobody until a known person signs in on it, then to that
 * person; a second one on the same browser is another person.
 */
export type TyingKind = keyof typeof rules
export type AdjustableKind = { [K in TyingKind]: (typeof rules)[K] extends { adjustable: true } ? K : never }[TyingKind]

export const tyingKinds = Object.keys(rules) as TyingKind[]

/** The rules as they stand with the merchant's settings. */
export type Rules = ReadonlyMap<string, Rule & { order: number }>

export function rulesWith(strengths: Partial<Record<AdjustableKind, Rule['strength']>>): Rules {
  return new Map(
    tyingKinds.map((kind, order) => {
      const rule: Rule = rules[kind]
      return [kind, { ...rule, strength: strengths[kind as AdjustableKind] ?? rule.strength, order }]
    }),
  )
}

/** Of more holders than these a proposal would be noise. */
export const mostProposed = 5
