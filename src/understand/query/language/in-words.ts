import type { Condition, Days, During, OfOrders, OfProducts, PathPlace, PathStep, SequenceStep } from '../contract.ts'
import type { NameKind, Names } from './names.ts'
import { ahead, amount, days, figures, monthSaid, numbers, or, type Speech } from './speech.ts'
import { whereSaid } from './where-said.ts'

/** A question as a sentence in the reader's language. */
export function inWords(tree: Condition, names: Names, speech: Speech): string {
  const what = said(tree, names, speech)
  return 'sure' in tree && tree.sure ? speech.say('query.sure', { what }) : what
}

function said(tree: Condition, names: Names, speech: Speech): string {
  const { say } = speech
  const inner = (one: Condition) => {
    const what = inWords(one, names, speech)
    return (one.is === 'and' || one.is === 'or') && one.of.length > 1 ? say('query.group', { what }) : what
  }
  const called = (kind: NameKind, ids: readonly number[], fieldId?: number) =>
    or(
      speech,
      ids.map((id) => names.nameOf(kind, id, fieldId) ?? `#${id}`),
    )
  const number = (value?: number) => (value === undefined ? undefined : figures(speech, value))
  const money = (value?: number) => (value === undefined ? undefined : amount(speech, value, names.digits))
  const percent = (value?: number) => (value === undefined ? undefined : `${figures(speech, value)}%`)
  const measured = (what: string, span: string, of = '') => say('query.measured', { what, span, of })
  switch (tree.is) {
    case 'everyone':
      return say('query.everyone')
    case 'and':
      return tree.of
        .map(inner)
        .reduceRight(
          (b, a, at, all) => (at === all.length - 1 ? a : say('query.all_of', { a, b })),
          say('query.everyone'),
        )
    case 'or':
      return tree.of
        .map(inner)
        .reduceRight(
          (b, a, at, all) => (at === all.length - 1 ? a : say('query.any_of', { a, b })),
          say('query.nobody'),
        )
    case 'not':
      return say('query.not', { what: inner(tree.of) })
    case 'new':
      return say('web.stage.new')
    case 'owned':
      return say('query.owned')
    case 'stage':
      return say('query.list', {
        field: say('query.field.stage'),
        list: or(
          speech,
          tree.in.map((one) => say(`web.stage.${one}`)),
        ),
      })
    case 'class':
      return say('query.list', {
        field: say('query.field.class'),
        list: or(
          speech,
          tree.in.map((one) => say(`web.value.${one}`)),
        ),
      })
    case 'text':
      return say('query.list', { field: say(`query.field.${tree.field}`), list: or(speech, tree.in) })
    case 'score':
      return measured(
        say(`query.field.${tree.of}`),
        numbers(speech, { from: number(tree.atLeast), to: number(tree.atMost) }),
      )
    case 'region':
    case 'distance':
    case 'nearest':
      return whereSaid(tree, names, speech)
    case 'number': {
      const value = tree.field === 'revenue' ? money : number
      return measured(
        say(`query.field.${tree.field}`),
        numbers(speech, { from: value(tree.atLeast), to: value(tree.atMost) }),
      )
    }
    case 'daysTo': {
      const span = ahead(speech, tree)
      return measured(say(tree.of === 'birthday' ? 'query.field.birthday' : `query.yearly.${tree.of}`), span)
    }
    case 'age':
      return measured(say('query.field.age'), numbers(speech, { from: number(tree.atLeast), to: number(tree.atMost) }))
    case 'birthMonth':
      return say('query.list', {
        field: say('query.field.birthMonth'),
        list: or(
          speech,
          tree.in.map((month) => monthSaid(speech, month)),
        ),
      })
    case 'known':
      return say('query.is_known', { what: say(`query.field.${tree.field}`) })
    case 'day':
      return measured(say(`query.field.${tree.field}`), spans(speech, tree).join(comma(speech)) || days(speech, tree))
    case 'within':
      return measured(say(`query.field.${tree.field}`), say('query.last', { days: tree.days }))
    case 'has':
      return say(`query.has_${tree.what}`)
    case 'may':
      return say('query.may', { by: say(`consent.channel.${tree.by}`), for: say(`consent.purpose.${tree.for}`) })
    case 'owner':
      return say('query.owner', { who: called('staff', tree.in) })
    case 'tagged':
      return say('query.tagged', { tags: called('tag', tree.in) })
    case 'shop':
      return say('query.shop', { shops: called('shop', tree.in) })
    case 'segment':
      return say('query.segment', { segments: called('segment', tree.in) })
    case 'state':
      return say('query.state', { states: called('state', tree.in) })
    case 'snapshot':
      return say('query.snapshot', { snapshots: called('snapshot', tree.in) })
    case 'picked':
      return say(tree.out ? 'query.kept_out' : 'query.picked', { segments: called('segment', tree.in) })
    case 'share':
      return say('query.share', { percent: tree.percent, seed: tree.seed })
    case 'came': {
      const of = clauses(speech, spans(speech, tree))
      const ways = tree.in?.map((id) => (id === 0 ? say('arrivals.no_way') : (names.nameOf('way', id) ?? `#${id}`)))
      return ways ? say('query.came', { ways: or(speech, ways), of }) : say('query.came_known', { of })
    }
    case 'own':
      return own(tree, names, speech)
    case 'moved': {
      const [into, of] = [say(`web.stage.${tree.into}`), clauses(speech, spans(speech, tree))]
      return tree.out
        ? say('query.moved', { out: say(`web.stage.${tree.out}`), into, of })
        : say('query.moved_into', { into, of })
    }
    case 'bought':
      return say('query.bought', { of: clauses(speech, spans(speech, tree)) })
    case 'boughtProduct':
      return say('query.bought_product', {
        product: called('product', [tree.productId]),
        times: tree.times ?? 1,
        of: clauses(speech, spans(speech, tree)),
      })
    case 'orders': {
      const value = tree.of === 'spent' || tree.of === 'average' ? money : number
      const span = numbers(speech, { from: value(tree.atLeast), to: value(tree.atMost) })
      return measured(say(`query.measure.${tree.of}`), span, clauses(speech, ordersSaid(tree, names, speech)))
    }
    case 'orderDay': {
      const span = days(speech, { from: tree.since, to: tree.until })
      return measured(say(`query.measure.${tree.which}`), span, clauses(speech, ordersSaid(tree, names, speech)))
    }
    case 'firstBought':
      return say('query.first_bought', { of: clauses(speech, ordersSaid(tree, names, speech)) })
    case 'did': {
      const of = clauses(speech, [
        ...(tree.names ? [say('query.of.name', { list: or(speech, tree.names) })] : []),
        ...spans(speech, tree),
        ...productsSaid(tree, names, speech),
      ])
      const what = say(`query.event.${tree.kind}`)
      if (tree.atLeast === undefined && tree.atMost === undefined) return say('query.did', { what, of })
      return say('query.did_times', {
        what,
        of,
        span: numbers(speech, { from: number(tree.atLeast), to: number(tree.atMost) }),
      })
    }
    case 'foretold': {
      const value = tree.of === 'value90' || tree.of === 'value365' ? money : percent
      const span = numbers(speech, { from: value(tree.atLeast), to: value(tree.atMost) })
      return measured(say(`value.q.field.${tree.of}`), span)
    }
    case 'foretoldDay':
      return measured(say(`value.q.field.${tree.of}`), days(speech, tree))
    case 'foretoldBy':
      return say('value.q.foretold_by', {
        steps: or(
          speech,
          tree.in.map((one) => say(`value.q.step.${one}`)),
        ),
      })
    case 'foretoldAction':
      return say('value.q.action', {
        actions: or(
          speech,
          tree.in.map((one) => say(`value.q.action.${one}`)),
        ),
      })
    case 'likely':
      return say('query.likely', { products: called('product', tree.productIds), top: tree.top ?? 0 })
    case 'reviewed': {
      const of = clauses(speech, [
        ...(tree.ratingFrom !== undefined || tree.ratingTo !== undefined
          ? [
              say('query.of.rating', {
                span: numbers(speech, { from: number(tree.ratingFrom), to: number(tree.ratingTo) }),
              }),
            ]
          : []),
        ...(tree.answered === undefined
          ? []
          : [say(tree.answered === 'yes' ? 'query.of.answered' : 'query.of.unanswered')]),
        ...spans(speech, tree),
        ...productsSaid(tree, names, speech),
      ])
      const what = say('query.event.reviewed')
      if (tree.atLeast === undefined && tree.atMost === undefined) return say('query.did', { what, of })
      const span = numbers(speech, { from: number(tree.atLeast), to: number(tree.atMost) })
      return say('query.did_times', { what, of, span })
    }
    case 'parcel': {
      const span = numbers(speech, { from: number(tree.atLeast), to: number(tree.atMost) })
      const counted = tree.atLeast !== undefined || tree.atMost !== undefined
      return say('query.parcel', {
        what: say(`query.parcel.${tree.step}`),
        of: clauses(speech, [
          ...(tree.not ? [say(`query.parcel.not_${tree.not}`)] : []),
          ...(tree.not && counted ? [say('query.parcel.since', { span })] : []),
          ...(tree.after && counted ? [say(`query.parcel.after_${tree.after}`, { span })] : []),
          ...ordersSaid(tree, names, speech),
        ]),
      })
    }
    case 'path':
      return pathSaid(tree, names, speech)
    case 'sequence': {
      const within = clauses(speech, spans(speech, tree))
      const said = tree.steps.map((step, at) => stepSaid(step, at, names, speech))
      return new Intl.ListFormat(speech.locale, { type: 'unit', style: 'short' }).format(said) + within
    }
  }
}

function pathSaid(tree: Extract<Condition, { is: 'path' }>, names: Names, speech: Speech): string {
  const { say } = speech
  const place = ({ did, category, productId, page }: PathPlace) =>
    say('query.path.place', {
      what: did === 'nothing' ? say(tree.back ? 'query.path.came' : 'query.path.left') : say(`query.event.${did}`),
      of: clauses(speech, [
        ...(category === undefined ? [] : [category]),
        ...(productId === undefined ? [] : [names.nameOf('product', productId) ?? `#${productId}`]),
        ...(page === undefined ? [] : [page]),
      ]),
    })
  const step = ({ in: among, out }: PathStep) => {
    const list = among ?? out
    if (!list) return say('query.path.any')
    const what = or(speech, list.map(place))
    return among ? what : say('query.path.other', { what })
  }
  const start = tree.start === 'arrival' ? say('query.path.arrival') : say(`query.event.${tree.start}`)
  const said = [
    say(tree.back ? 'query.path.before' : 'query.path.after', { what: start }),
    ...tree.steps.map((one) => say(tree.back ? 'query.path.and_before' : 'query.then', { what: step(one), of: '' })),
  ]
  return say('query.path', {
    way: new Intl.ListFormat(speech.locale, { type: 'unit', style: 'short' }).format(said),
    of: clauses(speech, [
      ...(tree.by ? [say(`query.path.by.${tree.by}`)] : []),
      ...spans(speech, tree),
      ...(tree.shopIds
        ? [
            say('query.of.shop', {
              list: or(
                speech,
                tree.shopIds.map((id) => names.nameOf('shop', id) ?? `#${id}`),
              ),
            }),
          ]
        : []),
    ]),
  })
}

function stepSaid(step: SequenceStep, at: number, names: Names, speech: Speech): string {
  const params = {
    what: speech.say(`query.event.${step.did}`),
    of: clauses(speech, productsSaid(step, names, speech)),
    ...(step.within === undefined ? {} : { days: step.within }),
  }
  if (at === 0) return speech.say('query.first', params)
  if (step.not) return speech.say(step.within === undefined ? 'query.then_not' : 'query.then_not_within', params)
  return speech.say(step.within === undefined ? 'query.then' : 'query.then_within', params)
}

function own(tree: Extract<Condition, { is: 'own' }>, names: Names, speech: Speech): string {
  const { say } = speech
  const { fieldId } = tree
  const what = names.nameOf('field', fieldId) ?? `#${fieldId}`
  const value = (one?: number) =>
    one === undefined
      ? undefined
      : names.fieldKind(fieldId) === 'money'
        ? amount(speech, one, names.digits)
        : figures(speech, one)
  const parts = [
    ...(tree.in
      ? [
          or(
            speech,
            tree.in.map((id) => names.nameOf('choice', id, fieldId) ?? `#${id}`),
          ),
        ]
      : []),
    ...(tree.texts ? [or(speech, tree.texts)] : []),
    ...(tree.yes === undefined ? [] : [say(tree.yes ? 'fields.yes' : 'fields.no')]),
    ...(tree.from || tree.to ? [days(speech, tree)] : []),
    ...(tree.atLeast !== undefined || tree.atMost !== undefined
      ? [numbers(speech, { from: value(tree.atLeast), to: value(tree.atMost) })]
      : []),
  ]
  if (parts.length === 0) return say('query.is_known', { what })
  return say('query.list', {
    field: what,
    list: new Intl.ListFormat(speech.locale, { type: 'conjunction' }).format(parts),
  })
}

function ordersSaid(of: OfOrders & Days, names: Names, speech: Speech): string[] {
  const { say } = speech
  const weekday = new Intl.DateTimeFormat(speech.locale, { weekday: 'long', timeZone: 'UTC' })
  const price = (value?: number) => (value === undefined ? undefined : amount(speech, value, names.digits))
  return [
    ...spans(speech, of),
    ...(of.sinceBirthday ? [say('query.of.since_birthday')] : []),
    ...productsSaid(of, names, speech),
    ...(of.shopIds
      ? [
          say('query.of.shop', {
            list: or(
              speech,
              of.shopIds.map((id) => names.nameOf('shop', id) ?? `#${id}`),
            ),
          }),
        ]
      : []),
    // The 5th of January 2026 was a Monday.
    ...(of.weekdays
      ? [
          say('query.of.weekday', {
            list: or(
              speech,
              of.weekdays.map((day) => weekday.format(Date.UTC(2026, 0, 4 + day))),
            ),
          }),
        ]
      : []),
    ...(of.nths
      ? [
          say('query.of.nth', {
            list: or(
              speech,
              of.nths.map((nth) => (nth === -1 ? say('query.nth.last') : say('query.nth', { nth }))),
            ),
          }),
        ]
      : []),
    ...(of.priceFrom !== undefined || of.priceTo !== undefined
      ? [say('query.of.price', { span: numbers(speech, { from: price(of.priceFrom), to: price(of.priceTo) }) })]
      : []),
  ]
}

function productsSaid({ productIds, categories, brandIds }: OfProducts, names: Names, speech: Speech): string[] {
  const called = (kind: NameKind, ids: readonly number[]) =>
    or(
      speech,
      ids.map((id) => names.nameOf(kind, id) ?? `#${id}`),
    )
  return [
    ...(productIds ? [speech.say('query.of.product', { list: called('product', productIds) })] : []),
    ...(categories ? [speech.say('query.of.category', { list: or(speech, categories) })] : []),
    ...(brandIds ? [speech.say('query.of.brand', { list: called('brand', brandIds) })] : []),
  ]
}

function spans(speech: Speech, one: Days): string[] {
  return [
    ...(one.days === undefined ? [] : [speech.say('query.last', { days: one.days })]),
    ...(one.from || one.to ? [days(speech, one)] : []),
    ...(one.during ? [duringSaid(speech, one.during)] : []),
  ]
}

function clauses(speech: Speech, said: readonly string[]): string {
  return said.length === 0 ? '' : speech.say('query.of', { of: said.join(comma(speech)) })
}

const comma = ({ locale }: Speech) => (locale.startsWith('zh') ? '，' : ', ')

function duringSaid({ say }: Speech, { of, ago = 0, before = 0, after = 0 }: During): string {
  return say('query.during', { what: say(`query.time.${of}`), ago, before, after })
}
