import fc, { type Arbitrary } from 'fast-check'
import { addDays } from '#platform/days.ts'
import {
  type Condition,
  channels,
  eventKinds,
  foretellers,
  foretoldActions,
  knownBy,
  orderMeasures,
  type PathDetail,
  parcelSteps,
  pathDetails,
  purposes,
  type SequenceStep,
  stages,
  timeNames,
  valueClasses,
} from '../contract.ts'

/** What random questions speak of: few values, so that they often find somebody. */
export type Vocabulary = {
  days: Arbitrary<string>
  texts: Arbitrary<string>
  /** Minor units. */
  money: Arbitrary<number>
  ids: {
    staff: number[]
    shop: number[]
    tag: number[]
    way: number[]
    product: number[]
    brand: number[]
    segment: number[]
    /** Segments for which people were picked by hand, and snapshots of some. */
    picked: number[]
    state: number[]
  }
  categories: Arbitrary<string>
  /** Absent: nothing is asked of own fields, segments and forecasts, of which a small shop has none. */
  own?: Arbitrary<Extract<Condition, { is: 'own' }>>
  kinds?: readonly (typeof eventKinds)[number][]
  regions?: readonly (number | string)[]
  /** Absent: all there are. */
  times?: readonly (typeof timeNames)[number][]
}

/** A random question, each kind of condition about as often, and, or and not down to a depth. */
export function randomTree(words: Vocabulary, maxDepth = 6): Arbitrary<Condition> {
  const { cheap, dear } = leaves(words)
  // Dear ones read more than the traits: fewer of them, so that ten thousand questions are asked in minutes.
  const leaf = fc.oneof(
    { weight: 8, arbitrary: fc.oneof(...cheap) },
    { weight: 1, arbitrary: fc.oneof(...dear) },
  ) as Arbitrary<Condition>
  return fc.letrec<{ tree: Condition }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: maxDepth - 1, depthSize: 'large', withCrossShrink: true },
      { weight: 2, arbitrary: leaf },
      { weight: 1, arbitrary: fc.record({ is: fc.constant('not' as const), of: tie('tree') }) },
      {
        weight: 1,
        arbitrary: fc.record({ is: fc.constant('and' as const), of: fc.array(tie('tree'), { maxLength: 3 }) }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          is: fc.constant('or' as const),
          of: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
        }),
      },
    ),
  })).tree
}

function leaves(words: Vocabulary): { cheap: Arbitrary<object>[]; dear: Arbitrary<object>[] } {
  const { days, texts, money, ids, categories, kinds = eventKinds, regions = [330000, 330106, 'FR/Normandie'] } = words
  const is = <K extends string>(kind: K) => fc.constant(kind)
  const some = <T>(of: Arbitrary<T>) => fc.array(of, { minLength: 1, maxLength: 3 })
  const among = (of: readonly number[]) => some(fc.constantFrom(...of))
  const small = fc.integer({ min: 0, max: 6 })
  const record = (required: Record<string, Arbitrary<unknown>>, optional: Record<string, Arbitrary<unknown>> = {}) =>
    fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) })
  const span = { from: days, to: days }
  const upTo60 = fc.integer({ min: 1, max: 60 })
  const during = fc.record(
    {
      of: fc.constantFrom(...(words.times ?? timeNames)),
      ago: fc.integer({ min: 1, max: 3 }),
      before: upTo60,
      after: upTo60,
    },
    { requiredKeys: ['of'] },
  )
  const window = { days: fc.constantFrom(1, 7, 30, 90, 365), ...span, during }
  const products = { productIds: among(ids.product), categories: some(categories), brandIds: among(ids.brand) }
  const ofOrders = {
    ...window,
    ...products,
    shopIds: among(ids.shop),
    weekdays: some(fc.integer({ min: 1, max: 7 })),
    nths: some(fc.constantFrom(-1, 1, 2, 3, 4, 5)),
    priceFrom: money.filter((one) => one >= 0),
    priceTo: money.filter((one) => one >= 0),
    sinceBirthday: fc.constant(true),
  }
  const step = record({ did: fc.constantFrom(...kinds, 'bought') }, products) as Arbitrary<SequenceStep>
  const later = record(
    { did: fc.constantFrom(...kinds, 'bought') },
    { within: fc.integer({ min: 1, max: 20 }), ...products },
  )
  const last = fc.tuple(later, fc.boolean()).map(([one, not]) => (not ? { ...one, not: true } : one))
  const steps = fc
    .tuple(step, fc.array(later, { maxLength: 2 }), last)
    .map(([first, middle, end]) => [first, ...middle, end])
  const place = (by?: PathDetail) =>
    fc.oneof(
      record({ did: fc.constantFrom(...kinds, 'bought', 'nothing') }),
      ...(by
        ? [
            record({
              did: fc.constantFrom(...kinds),
              ...{
                category: { category: categories },
                product: { productId: fc.constantFrom(...ids.product) },
                page: { page: texts },
              }[by],
            }),
          ]
        : []),
    )
  const way = fc.option(fc.constantFrom(...pathDetails), { nil: undefined }).chain((by) =>
    record(
      {
        is: is('path'),
        start: fc.constantFrom('arrival', ...kinds, 'bought'),
        steps: fc.array(fc.oneof(fc.constant({}), record({ in: some(place(by)) }), record({ out: some(place(by)) })), {
          maxLength: 3,
        }),
        ...(by ? { by: fc.constant(by) } : {}),
        ...{ days: fc.constantFrom(7, 30, 92) },
      },
      { shopIds: among(ids.shop) },
    ),
  )
  const between = fc.tuple(way, days, fc.integer({ min: 0, max: 91 })).map(([one, from, more]) => {
    const { days: _days, ...rest } = one as { days: number }
    return { ...rest, from, to: addDays(from, more) }
  })
  const star = fc.integer({ min: 1, max: 5 })
  const said = { ratingFrom: star, ratingTo: star, answered: fc.constantFrom('yes', 'no') }
  // Few parts at a time find somebody; all of them hardly anybody.
  const reviewed = fc.oneof(
    record({ is: is('reviewed') }, said),
    record({ is: is('reviewed'), ratingFrom: star }, { atLeast: small, atMost: small }),
    record({ is: is('reviewed') }, { atLeast: small, atMost: small, ...said, ...window, ...products }),
  )
  const someDays = { atLeast: fc.integer({ min: 0, max: 40 }), atMost: fc.integer({ min: 0, max: 60 }) }
  const ofParcel = { ...window, ...products, shopIds: among(ids.shop) }
  const waiting = { is: is('parcel'), step: is('shipped'), not: fc.constantFrom('delivered', 'received') }
  const took = {
    is: is('parcel'),
    step: fc.constantFrom('delivered', 'received'),
    after: fc.constantFrom('placed', 'shipped'),
  }
  const parcel = fc.oneof(
    record({ ...waiting, atLeast: fc.integer({ min: 0, max: 400 }) }),
    record({ ...took, atLeast: fc.integer({ min: 0, max: 20 }) }),
    record({ is: is('parcel'), step: fc.constantFrom(...parcelSteps) }, ofParcel),
    record(waiting, { ...someDays, ...ofParcel }),
    record(took, { ...someDays, ...ofParcel }),
  )
  const dayField = fc.constantFrom('firstPurchase', 'lastPurchase', 'added', 'lastTalked', 'nextTalk')
  const textField = fc.constantFrom('country', 'province', 'city', 'gender')
  const sure = { sure: fc.constant(true) }
  const cheap = [
    record({ is: fc.constantFrom('everyone', 'new', 'owned') }),
    record({ is: is('stage'), in: some(fc.constantFrom(...stages)) }),
    record({ is: is('class'), in: some(fc.constantFrom(...valueClasses)) }),
    record(
      { is: is('score'), of: fc.constantFrom('recency', 'frequency', 'monetary', 'frequencyMonetary') },
      { atLeast: small, atMost: small },
    ),
    record({ is: is('text'), field: textField, in: some(texts) }, sure),
    record(
      { is: is('distance') },
      {
        to: among(ids.shop),
        atLeast: fc.constantFrom(0, 3, 6.5, 15, 100),
        atMost: fc.constantFrom(0, 3, 6.5, 15, 100, 180),
      },
    ),
    record({ is: is('nearest'), in: among(ids.shop) }),
    record({ is: is('region'), in: some(fc.constantFrom(...regions)) }, sure),
    record({ is: is('known'), field: fc.oneof(textField, fc.constantFrom('birthday', 'region')) }, sure),
    record({ is: is('known'), field: fc.oneof(textField, dayField, fc.constantFrom('birthday', 'birthYear')) }),
    record(
      { is: is('daysTo'), of: fc.constantFrom('birthday', 'birthday', 'firstPurchase', 'added') },
      { atLeast: fc.integer({ min: 0, max: 400 }), atMost: fc.integer({ min: 0, max: 400 }) },
    ),
    record(
      { is: is('age') },
      { ...sure, atLeast: fc.integer({ min: 32, max: 39 }), atMost: fc.integer({ min: 32, max: 39 }) },
    ),
    record({ is: is('birthMonth'), in: some(fc.integer({ min: 1, max: 12 })) }, sure),
    record({ is: is('daysTo'), of: is('birthday') }, { ...sure, atMost: fc.integer({ min: 0, max: 400 }) }),
    record({ is: is('day'), field: dayField }, { ...span, during }),
    record({ is: is('within'), field: dayField, days: fc.integer({ min: 1, max: 400 }) }),
    record({ is: is('number'), field: fc.constantFrom('purchases', 'daysSince') }, { atLeast: small, atMost: small }),
    record(
      { is: is('number'), field: is('daysSince') },
      { atLeast: fc.integer({ min: 0, max: 400 }), atMost: fc.integer({ min: 0, max: 400 }) },
    ),
    record({ is: is('number'), field: is('revenue') }, { atLeast: money, atMost: money }),
    record({ is: is('has'), what: fc.constantFrom(...knownBy) }),
    record({ is: is('may'), by: fc.constantFrom(...channels), for: fc.constantFrom(...purposes) }),
    record({ is: is('owner'), in: among(ids.staff) }),
    record({ is: is('shop'), in: among(ids.shop) }),
    record({ is: is('bought') }, span),
    record({ is: is('moved'), into: fc.constantFrom(...stages) }, { out: fc.constantFrom(...stages), ...window }),
    ...(words.own
      ? [
          words.own,
          record({ is: is('segment'), in: among(ids.segment) }),
          record(
            { is: is('foretold'), of: fc.constantFrom('here', 'again90', 'again365', 'value90', 'value365') },
            { atLeast: small, atMost: small },
          ),
          record({ is: is('foretoldDay'), of: fc.constantFrom('next', 'callBefore') }, span),
          record({ is: is('foretoldBy'), in: some(fc.constantFrom(...foretellers)) }),
        ]
      : []),
    record({ is: is('share'), percent: fc.integer({ min: 1, max: 99 }), seed: fc.integer({ min: 0, max: 1_000_000 }) }),
  ]
  const dear = [
    record({ is: is('likely'), productIds: among(ids.product) }, { top: fc.integer({ min: 1, max: 3 }) }),
    record({ is: is('came') }, { in: among([0, ...ids.way]), ...span }),
    record({ is: is('tagged'), in: among(ids.tag) }),
    record({ is: is('picked'), in: among(ids.picked) }, { out: fc.constant(true) }),
    record({ is: is('snapshot'), in: among(ids.picked) }),
    record({ is: is('state'), in: among(ids.state) }),
    record({ is: is('foretoldAction'), in: some(fc.constantFrom(...foretoldActions)) }),
    record(
      { is: is('boughtProduct'), productId: fc.constantFrom(...ids.product) },
      { times: fc.integer({ min: 1, max: 3 }), ...span },
    ),
    record(
      { is: is('orders'), of: fc.constantFrom(...orderMeasures.filter((one) => one !== 'spent' && one !== 'average')) },
      { atLeast: small, atMost: small, ...ofOrders },
    ),
    record(
      { is: is('orders'), of: fc.constantFrom('spent', 'average') },
      { atLeast: money, atMost: money, ...ofOrders },
    ),
    record({ is: is('orderDay'), which: fc.constantFrom('first', 'last') }, { since: days, until: days, ...ofOrders }),
    record({ is: is('firstBought') }, { shopIds: among(ids.shop), ...products }),
    record(
      { is: is('did'), kind: fc.constantFrom(...kinds) },
      { names: some(texts), atLeast: small, atMost: small, ...window, ...products },
    ),
    record({ is: is('sequence'), steps }, window),
    reviewed,
    parcel,
    fc.oneof(
      way,
      way.map((one) => ({ ...one, start: 'bought', back: true })),
      between,
    ),
    // Over the arrays: cheap, but the same kinds.
    record(
      { is: is('orders'), of: fc.constantFrom('count', 'gap') },
      { atLeast: small, atMost: small, sinceBirthday: fc.constant(true), ...window },
    ),
  ]
  return { cheap, dear }
}
