/**
 * What customers do, as the shop understands it. Doors translate what they are told into these; a message that is none of them is
 * `other` and keeps its own name.
 */
export const behaviourKinds = [
  'viewed', // a product
  'listed', // a list of products
  'searched',
  'carted',
  'uncarted', // taken out of the cart again
  'cart_viewed',
  'checkout',
  'favoured',
  'unfavoured',
  'coupon',
  'reviewed',
  'shared',
  'clicked',
  'promotion',
  'visited', // a shop, in person
  'tried_on',
  'asked', // staff, about something
  'page', // a page or screen
  'grouped',
  'other',
] as const

export type BehaviourKind = (typeof behaviourKinds)[number]

/** What a timeline tells; clicks, pages and lists would drown the rest, reviews are records of their own. */
export const toldKinds = [
  'viewed',
  'searched',
  'carted',
  'uncarted',
  'checkout',
  'favoured',
  'unfavoured',
  'coupon',
  'shared',
  'visited',
  'tried_on',
  'asked',
  'other',
] as const satisfies readonly BehaviourKind[]
