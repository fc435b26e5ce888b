import { AutoComplete, Select } from 'antd'
import { useState } from 'react'
import {
  eventKinds,
  mostPathSteps,
  type PathDetail,
  type PathPlace,
  type PathStep,
  pathDetails,
} from '#understand/query/contract.ts'
import { useT } from '#web/i18n.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import type { Fields } from './PartField.tsx'
import { useListed } from './use-listed.ts'
import { useTextValues } from './use-text-values.ts'

const deeds = ['bought', ...eventKinds] as const

/** A way within a visit: from where, which way, by what it is told apart, and what came at each step. */
export function WayField({ values, onChange, disabled }: Fields) {
  const t = useT()
  const { start, back, by } = values as { start: string; back?: true; by?: PathDetail }
  const steps = values.steps as PathStep[]
  const put = (at: number, step: PathStep) =>
    onChange({ steps: steps.map((one, place) => (place === at ? step : one)) })
  const begins = [
    { value: 'after arrival', label: t('query.path.after', { what: t('query.path.arrival') }) },
    ...(['after', 'before'] as const).flatMap((turn) =>
      deeds.map((did) => ({
        value: `${turn} ${did}`,
        label: t(`query.path.${turn}`, { what: t(`query.event.${did}`) }),
      })),
    ),
  ]
  return (
    <>
      <Select
        aria-label={t('segments.way.start')}
        value={`${back ? 'before' : 'after'} ${start}`}
        options={begins}
        disabled={disabled}
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        onChange={(chosen: string) => {
          const [turn, did] = chosen.split(' ')
          onChange({ start: did, back: turn === 'before' ? true : undefined })
        }}
      />
      <Select
        aria-label={t('segments.way.by')}
        value={by ?? 'kind'}
        disabled={disabled}
        options={(['kind', ...pathDetails] as const).map((one) => ({
          value: one,
          label: t(one === 'kind' ? 'segments.way.by_kind' : `query.path.by.${one}`),
        }))}
        popupMatchSelectWidth={false}
        // What was told apart by another measure means nothing by this one.
        onChange={(one) => onChange({ by: one === 'kind' ? undefined : one, steps: steps.map(plainly) })}
      />
      <ol className="steps">
        {steps.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step has no name; its place is what it is called by
          <li key={at}>
            <WayStep of={step} by={by} back={back} disabled={disabled} onChange={(next) => put(at, next)} />
            {!disabled && (
              <QuietButton
                icon="close"
                aria-label={t('segments.drop_step', { step: at + 1 })}
                onClick={() => onChange({ steps: steps.filter((_, place) => place !== at) })}
              />
            )}
          </li>
        ))}
        {!disabled && steps.length < mostPathSteps && (
          <li className="steps-add">
            <QuietButton icon="add" onClick={() => onChange({ steps: [...steps, {}] })}>
              {t('segments.add_step')}
            </QuietButton>
          </li>
        )}
      </ol>
    </>
  )
}

function plainly({ in: among, out }: PathStep): PathStep {
  const kinds = (among ?? out ?? []).map(({ did }) => ({ did }))
  const each = [...new Map(kinds.map((one) => [one.did, one])).values()]
  return among ? { in: each } : out ? { out: each } : {}
}

function WayStep(props: {
  of: PathStep
  by?: PathDetail
  back?: true
  onChange: (step: PathStep) => void
  disabled?: boolean
}) {
  const { of, by, back, onChange, disabled } = props
  const t = useT()
  const products = useListed('product')
  const how = of.in ? 'in' : of.out ? 'out' : 'any'
  const places = of.in ?? of.out ?? []
  const put = (next: PathPlace[], way = how) => onChange(way === 'any' || next.length === 0 ? {} : { [way]: next })
  const nameOf = ({ did, category, productId, page }: PathPlace) => {
    const what = did === 'nothing' ? t(back ? 'query.path.came' : 'query.path.left') : t(`query.event.${did}`)
    const product = products.find(({ value }) => value === productId)?.label ?? `#${productId}`
    const detail = category ?? page ?? (productId === undefined ? undefined : product)
    return detail === undefined ? what : t('query.path.place', { what, of: t('query.of', { of: detail }) })
  }
  const plain: PathPlace[] = [...deeds, 'nothing' as const].map((did) => ({ did }))
  const known = new Map([...places, ...plain].map((one) => [keyOf(one), one]))
  return (
    <span className="part-range">
      <Select
        aria-label={t('segments.then')}
        value={how}
        disabled={disabled}
        options={(['any', 'in', 'out'] as const).map((one) => ({ value: one, label: t(`segments.way.${one}`) }))}
        onChange={(next: typeof how) => put(places.length > 0 ? places : [{ did: 'viewed' }], next)}
        popupMatchSelectWidth={false}
      />
      {how !== 'any' && (
        <Select
          mode="multiple"
          aria-label={t('segments.did')}
          value={places.map(keyOf)}
          disabled={disabled}
          options={[...known].map(([value, one]) => ({ value, label: nameOf(one) }))}
          optionFilterProp="label"
          onChange={(chosen: string[]) => put(chosen.flatMap((key) => known.get(key) ?? []))}
          popupMatchSelectWidth={false}
        />
      )}
      {how !== 'any' && by && !disabled && <Detail by={by} onAdd={(place) => put([...places, place])} />}
    </span>
  )
}

const keyOf = (place: PathPlace) => JSON.stringify(place)

/** A deed about a category, a product, or on a page, to be added to a step. */
function Detail({ by, onAdd }: { by: PathDetail; onAdd: (place: PathPlace) => void }) {
  const t = useT()
  const [did, setDid] = useState<(typeof eventKinds)[number]>(by === 'page' ? 'page' : 'viewed')
  const [of, setOf] = useState('')
  const categories = useTextValues(by === 'category' ? 'categories' : undefined)
  const products = useListed('product')
  const add = (place: PathPlace) => {
    onAdd(place)
    setOf('')
  }
  return (
    <>
      <Select
        aria-label={t('segments.did')}
        value={did}
        options={eventKinds.map((value) => ({ value, label: t(`query.event.${value}`) }))}
        onChange={setDid}
        popupMatchSelectWidth={false}
      />
      {by === 'product' ? (
        <Select
          aria-label={t('segments.way.of.product')}
          placeholder={t('segments.way.of.product')}
          value={null}
          options={products}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(productId: number | null) => productId !== null && add({ did, productId })}
          popupMatchSelectWidth={false}
        />
      ) : (
        <>
          <AutoComplete
            aria-label={t(`segments.way.of.${by}`)}
            placeholder={t(`segments.way.of.${by}`)}
            style={{ minWidth: 144 }}
            value={of}
            options={categories.map((value) => ({ value }))}
            onChange={setOf}
          />
          <QuietButton
            icon="add"
            disabled={!of.trim()}
            onClick={() => add(by === 'page' ? { did, page: of.trim() } : { did, category: of.trim() })}
          >
            {t('segments.way.add')}
          </QuietButton>
        </>
      )}
    </>
  )
}
