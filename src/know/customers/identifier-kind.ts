/**
 * What points to a person, and the scope within which its value is one person's: phone, email, member, card: the world (''); openid:
 * the app; unionid: the open platform's account; external_userid: the WeCom enterprise; buyer: the marketplace; receipt (of a
 * till) and anonymous (a browser's id): the source's code.
 */
export const identifierKinds = [
  'phone',
  'email',
  'openid',
  'unionid',
  'external_userid',
  'buyer',
  'member',
  'card',
  'receipt',
  'anonymous',
] as const
export type IdentifierKind = (typeof identifierKinds)[number]

/** Kinds that may be a family's or an office's: staff may say of such a value that several people share it. */
export const sharableKinds: ReadonlySet<IdentifierKind> = new Set(['phone', 'email'] as const)

/** What staff may type in by hand; the others come from shops and their platforms. */
export const typedKinds = [
  'phone',
  'email',
  'member',
  'card',
  'openid',
  'unionid',
  'external_userid',
  'buyer',
] as const satisfies readonly IdentifierKind[]
export type TypedKind = (typeof typedKinds)[number]

/** Kinds whose value says little without its scope. */
export const scopedKinds: ReadonlySet<IdentifierKind> = new Set([
  'openid',
  'unionid',
  'external_userid',
  'buyer',
  'receipt',
  'anonymous',
] as const)
