import { InputNumber, Select } from 'antd'
import { eventKinds, type SequenceStep } from '#understand/query/contract.ts'
import { useT } from '#web/i18n.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { products } from './condition-parts.ts'
import { type Fields, PartField } from './PartField.tsx'

const most = 4

/** Two to four steps, one after another. Only the last may be one that did not come. */
export function StepsField({ values, onChange, disabled }: Fields) {
  const t = useT()
  const steps = values.steps as SequenceStep[]
  const change = (next: SequenceStep[]) => onChange({ steps: next })
  const put = (at: number, step: SequenceStep) => change(steps.map((one, index) => (index === at ? step : one)))
  return (
    <ol className="steps">
      {steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step has no name; its place is what it is called by
        <li key={at}>
          <Step
            of={step}
            first={at === 0}
            last={at === steps.length - 1}
            onChange={(next) => put(at, next)}
            disabled={disabled}
          />
          {!disabled && steps.length > 2 && (
            <QuietButton
              icon="close"
              aria-label={t('segments.drop_step', { step: at + 1 })}
              onClick={() => change(begun(steps.filter((_, index) => index !== at)))}
            />
          )}
        </li>
      ))}
      {!disabled && steps.length < most && (
        <li className="steps-add">
          <QuietButton
            icon="add"
            onClick={() => change([...steps.map(({ not: _, ...step }) => step), { did: 'bought' as const }])}
          >
            {t('segments.add_step')}
          </QuietButton>
        </li>
      )}
    </ol>
  )
}

/** What now is first comes after nothing, and cannot be what did not come. */
function begun([first, ...rest]: SequenceStep[]): SequenceStep[] {
  const { within: _within, not: _not, ...begin } = first!
  return [begin, ...rest]
}

function Step(props: {
  of: SequenceStep
  first: boolean
  last: boolean
  onChange: (step: SequenceStep) => void
  disabled?: boolean
}) {
  const { of, first, last, onChange, disabled } = props
  const t = useT()
  const without = (key: 'not' | 'within') => {
    const { [key]: _gone, ...rest } = of
    return rest
  }
  return (
    <span className="part-range">
      {!first && (
        <Select
          aria-label={t('segments.then')}
          value={of.not ? 'not' : 'then'}
          disabled={disabled || !last}
          onChange={(how) => onChange(how === 'not' ? { ...of, not: true } : without('not'))}
          options={(['then', 'not'] as const).map((how) => ({ value: how, label: t(`segments.then.${how}`) }))}
          popupMatchSelectWidth={false}
        />
      )}
      <Select
        aria-label={t('segments.did')}
        value={of.did}
        disabled={disabled}
        onChange={(did) => onChange({ ...of, did })}
        options={(['bought', ...eventKinds] as const).map((did) => ({ value: did, label: t(`query.event.${did}`) }))}
        popupMatchSelectWidth={false}
      />
      {!first && (
        <InputNumber
          aria-label={t('segments.within_days')}
          prefix={<span className="soft">{t('segments.within_days')}</span>}
          style={{ width: 176 }}
          precision={0}
          min={1}
          max={3650}
          disabled={disabled}
          value={of.within ?? null}
          onChange={(within) => onChange(within === null ? without('within') : { ...of, within })}
        />
      )}
      {products.map((part) => (
        <PartField
          key={'key' in part ? part.key : part.part}
          part={part}
          values={of as unknown as Record<string, unknown>}
          disabled={disabled}
          onChange={(more) =>
            onChange(
              Object.fromEntries(
                Object.entries({ ...of, ...more }).filter(([, value]) => value !== undefined),
              ) as unknown as SequenceStep,
            )
          }
        />
      ))}
    </span>
  )
}
