import { useWays } from '#know/arrivals/web/people.ts'
import type { OwnField } from '#know/fields/contract.ts'
import { useOwnFields } from '#know/fields/web/people.ts'
import { useColleagues } from '#know/staff/web/people.ts'
import { useTags } from '#know/tags/web/people.ts'
import type { Condition } from '#understand/query/contract.ts'
import { type Translate, useLocale, useT } from '#web/i18n.ts'
import { dayText, moneyText, shareText } from '#web/kit/formats.ts'
import { type Locale, useSession } from '#web/session.ts'
import { useProductNames } from './product-names.ts'

/** A question in words, for the list that a number opened. */
export function QuestionText({ of }: { of: Condition }) {
  const t = useT()
  const locale = useLocale()
  const { currency } = useSession().merchant
  const products = useProductNames(of)
  const { nameOf } = useColleagues()
  const { tagOf } = useTags()
  const tagName = (id: number) => tagOf(id)?.name
  const { nameOf: wayName } = useWays()
  const own = useOwnFields()
  const ownField = (id: number) => own.all.find((one) => one.id === id)
  return <span>{words(of, t, locale, { currency, products, nameOf, tagName, wayName, ownField })}</span>
}

type Known = {
  currency: string
  products: ReadonlyMap<number, string>
  nameOf: ReturnType<typeof useColleagues>['nameOf']
  tagName: (id: number) => string | undefined
  wayName: (id: number) => string | undefined
  ownField: (id: number) => OwnField | undefined
}

function words(of: Condition, t: Translate, locale: Locale, known: Known): string {
  const inner = (one: Condition) => words(one, t, locale, known)
  const joined = (list: readonly string[]) => new Intl.ListFormat(locale, { type: 'disjunction' }).format(list)
  const span = (from: string | number | undefined, to: string | number | undefined) =>
    from !== undefined && to !== undefined
      ? from === to
        ? String(from)
        : t('value.q.between', { from, to })
      : from !== undefined
        ? t('value.q.from', { from })
        : t('value.q.to', { to })
  const days = (one: { from?: string; to?: string }) =>
    span(one.from && dayText(locale, one.from), one.to && dayText(locale, one.to))
  switch (of.is) {
    case 'everyone':
      return t('value.q.everyone')
    case 'and':
      return of.of.length ? of.of.map(inner).join(t('value.q.and')) : t('value.q.everyone')
    case 'or':
      return joined(of.of.map(inner))
    case 'not':
      return t('value.q.not', { what: inner(of.of) })
    case 'stage':
      return joined(of.in.map((stage) => t(`web.stage.${stage}`)))
    case 'new':
      return t('web.stage.new')
    case 'class':
      return joined(of.in.map((one) => t(`web.value.${one}`)))
    case 'score':
      return t('value.q.score', { of: t(`value.${of.of}`), span: span(of.atLeast, of.atMost) })
    case 'text':
      return joined(of.in)
    case 'known':
      return t('value.q.known', { field: t(`value.q.field.${of.field}`) })
    case 'day':
      return t('value.q.is', { field: t(`value.q.field.${of.field}`), span: days(of) })
    case 'within':
      return t('value.q.within', { field: t(`value.q.field.${of.field}`), days: of.days })
    case 'number': {
      const text = (one: number | undefined) =>
        one !== undefined && of.field === 'revenue' ? moneyText(locale, known.currency, one) : one
      return t('value.q.is', { field: t(`value.q.field.${of.field}`), span: span(text(of.atLeast), text(of.atMost)) })
    }
    case 'has':
      return t(`value.q.has_${of.what}`)
    case 'owner':
      return t('value.q.owner', { who: joined(of.in.map((id) => known.nameOf(id) ?? `#${id}`)) })
    case 'owned':
      return t('value.q.owned')
    case 'came': {
      const ways = of.in?.map((id) => (id === 0 ? t('arrivals.no_way') : (known.wayName(id) ?? `#${id}`)))
      const by = ways ? t('value.q.came', { ways: joined(ways) }) : t('value.q.came_known')
      return of.from || of.to ? t('value.q.came_when', { came: by, span: days(of) }) : by
    }
    case 'tagged':
      return t('value.q.tagged', { tags: joined(of.in.map((id) => known.tagName(id) ?? `#${id}`)) })
    case 'own':
      return ownWords(of, t, known.ownField(of.fieldId), { days: days(of), span, joined })
    case 'shop':
      return t('value.q.shop')
    case 'foretold': {
      const money = of.of === 'value90' || of.of === 'value365'
      const text = (one: number | undefined) =>
        one === undefined ? one : money ? moneyText(locale, known.currency, one) : shareText(locale, one / 100)
      return t('value.q.is', { field: t(`value.q.field.${of.of}`), span: span(text(of.atLeast), text(of.atMost)) })
    }
    case 'foretoldDay':
      return t('value.q.is', { field: t(`value.q.field.${of.of}`), span: days(of) })
    case 'foretoldBy':
      return t('value.q.foretold_by', { steps: joined(of.in.map((one) => t(`value.q.step.${one}`))) })
    case 'bought':
      return of.from || of.to ? t('value.q.bought', { span: days(of) }) : t('value.q.bought_ever')
    case 'boughtProduct': {
      const { times = 1 } = of
      const product = known.products.get(of.productId) ?? `#${of.productId}`
      return of.from || of.to
        ? t('value.q.bought_product_when', { product, times, span: days(of) })
        : t('value.q.bought_product', { product, times })
    }
  }
}

/** A question about a field of the shop's own. */
function ownWords(
  of: Extract<Condition, { is: 'own' }>,
  t: Translate,
  field: OwnField | undefined,
  {
    days,
    span,
    joined,
  }: {
    days: string
    span: (from: number | undefined, to: number | undefined) => string
    joined: (list: readonly string[]) => string
  },
): string {
  const name = field?.name ?? `#${of.fieldId}`
  const choice = (id: number) => field?.choices.find((one) => one.id === id)?.name ?? `#${id}`
  const parts = [
    ...(of.in ? [joined(of.in.map(choice))] : []),
    ...(of.texts ? [joined(of.texts)] : []),
    ...(of.yes === undefined ? [] : [t(of.yes ? 'fields.yes' : 'fields.no')]),
    ...(of.from || of.to ? [days] : []),
    ...(of.atLeast !== undefined || of.atMost !== undefined ? [span(of.atLeast, of.atMost)] : []),
  ]
  return parts.length === 0
    ? t('value.q.own_known', { field: name })
    : t('value.q.own', { field: name, span: parts.join(', ') })
}
