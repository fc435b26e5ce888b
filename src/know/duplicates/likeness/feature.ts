/**
 * What is compared of two people, and how alike it can be; the first level is the best. `m` is how often two records of one
 * person are so alike, `u` how often those of two strangers: both are only what is believed before the data are seen. A
 * level with `among` is worth what the value is worth: a rare name says more than a common one. `among` names the levels in
 * which both have that value, of which this one is a share: few write a name in Latin letters, so two who do say more.
 */
export type Level = { name: string; m: number; u: number; among?: readonly number[] }

export type FeatureOptions = {
  levels: readonly Level[]
  /** Speaks of a person, not only of a household: without such evidence nobody is taken for one person (model.ts). */
  personal?: readonly number[]
}

const same = (m: number, u = 0.001): Level => ({ name: 'same', m, u, among: [0] })
const text = (m: number, near: number, far: number): FeatureOptions => ({
  levels: [
    same(m),
    { name: 'near', m: near, u: 0.001 },
    { name: 'far', m: far, u: 0.002 },
    { name: 'other', m: 1 - m - near - far, u: 0.95 },
  ],
})

/** `personal`: how often two people of one household are so alike, level by level. */
export const features = {
  given: {
    levels: [
      same(0.8, 0.004),
      { name: 'reads', m: 0.03, u: 0.0005, among: [0, 1] },
      { name: 'near', m: 0.08, u: 0.003 },
      { name: 'short', m: 0.02, u: 0.01 },
      { name: 'other', m: 0.07, u: 0.98 },
    ],
    personal: [0.01, 0.01, 0.03, 0.05, 0.9],
  },
  family: {
    levels: [
      same(0.85, 0.02),
      { name: 'reads', m: 0.02, u: 0.002, among: [0, 1] },
      { name: 'near', m: 0.07, u: 0.003 },
      { name: 'short', m: 0.01, u: 0.01 },
      { name: 'other', m: 0.05, u: 0.95 },
    ],
  },
  birth: {
    levels: [
      same(0.88, 0.00004),
      { name: 'monthDay', m: 0.03, u: 0.0008, among: [0, 1, 3] },
      { name: 'near', m: 0.04, u: 0.002 },
      { name: 'otherYear', m: 0.02, u: 0.002 },
      { name: 'other', m: 0.03, u: 0.99 },
    ],
    personal: [0.01, 0.01, 0.005, 0.01, 0.96],
  },
  gender: {
    levels: [
      { name: 'same', m: 0.97, u: 0.5 },
      { name: 'other', m: 0.03, u: 0.5 },
    ],
    personal: [0.4, 0.6],
  },
  phone: {
    levels: [same(0.55, 0.0000001), { name: 'near', m: 0.1, u: 0.00001 }, { name: 'other', m: 0.35, u: 0.999 }],
  },
  email: {
    levels: [
      same(0.55, 0.0000001),
      { name: 'mailbox', m: 0.06, u: 0.00001, among: [0, 1] },
      { name: 'near', m: 0.06, u: 0.00002 },
      { name: 'other', m: 0.33, u: 0.999 },
    ],
  },
  number: {
    levels: [same(0.8, 0.01), { name: 'near', m: 0.06, u: 0.05 }, { name: 'other', m: 0.14, u: 0.93 }],
  },
  street: text(0.75, 0.11, 0.04),
  quarter: text(0.7, 0.12, 0.04),
  postcode: {
    levels: [same(0.82), { name: 'near', m: 0.08, u: 0.01 }, { name: 'other', m: 0.1, u: 0.98 }],
  },
  district: text(0.85, 0.05, 0.03),
  city: text(0.82, 0.08, 0.03),
  province: text(0.93, 0.01, 0.01),
} as const satisfies Record<string, FeatureOptions>

export type Feature = keyof typeof features
export const featureKeys = Object.keys(features) as Feature[]
export const featureCount = featureKeys.length
/** Where a feature lies in a row of levels. */
export const at = Object.fromEntries(featureKeys.map((key, place) => [key, place])) as Record<Feature, number>

/** Beside the features: whether given and family name, or street and quarter, had to be exchanged to fit. */
export const exchanged = { name: featureCount, address: featureCount + 1 }
export const rowLength = featureCount + 2
/** Most levels of a feature. */
export const levelRoom = 5

export function featureOf(place: number): FeatureOptions {
  return features[featureKeys[place]!]
}
