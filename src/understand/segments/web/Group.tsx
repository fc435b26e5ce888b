import { Select } from 'antd'
import type { Condition } from '#understand/query/contract.ts'
import { useT } from '#web/i18n.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { ConditionLine } from './ConditionLine.tsx'
import { begin, type Kind, kindOf, kindsBy } from './condition-kinds.ts'

type GroupOf = Extract<Condition, { is: 'and' | 'or' }>

/** Conditions joined by and, or: one below the other, groups within groups. */
export function Group(props: {
  of: Condition
  onChange: (of: Condition) => void
  onRemove?: () => void
  disabled?: boolean
  top?: boolean
}) {
  const { disabled } = props
  const t = useT()
  const group: GroupOf = isGroup(props.of) ? props.of : { is: 'and', of: props.of.is === 'everyone' ? [] : [props.of] }
  const change = (of: Condition[], is: GroupOf['is'] = group.is) =>
    // An empty or finds nobody, which nobody means; the server refuses it.
    props.onChange({ is: of.length === 0 ? 'and' : is, of })
  const put = (at: number, one: Condition) => change(group.of.map((other, index) => (index === at ? one : other)))
  const drop = (at: number) => change(group.of.filter((_, index) => index !== at))
  return (
    <fieldset className={props.top ? 'group top' : 'group'} disabled={disabled}>
      <legend>
        <Select
          aria-label={t('segments.joined')}
          value={group.is}
          disabled={disabled}
          onChange={(is) => change(group.of, is)}
          options={(['and', 'or'] as const).map((is) => ({ value: is, label: t(`segments.joined.${is}`) }))}
          popupMatchSelectWidth={false}
        />
        {props.onRemove && !disabled && (
          <QuietButton icon="close" aria-label={t('segments.drop')} onClick={props.onRemove} />
        )}
      </legend>
      {group.of.length === 0 && <p className="soft">{t('segments.nothing_asked')}</p>}
      <ol>
        {group.of.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no name; its place is what it is called by
          <li key={at}>
            <Part of={one} onChange={(next) => put(at, next)} onRemove={() => drop(at)} disabled={disabled} />
          </li>
        ))}
      </ol>
      {!disabled && (
        <div className="group-add">
          <Select<Kind>
            aria-label={t('segments.add_condition')}
            placeholder={t('segments.add_condition')}
            value={null}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(kind) => change([...group.of, begin(kind)])}
            options={kindsBy.map(({ about, kinds }) => ({
              label: t(`segments.kinds.${about}`),
              title: about,
              options: kinds.map((kind) => ({ value: kind, label: t(`segments.kind.${kind}`) })),
            }))}
            popupMatchSelectWidth={false}
          />
          <QuietButton icon="add" onClick={() => change([...group.of, { is: 'or', of: [begin('stage')] }])}>
            {t('segments.add_group')}
          </QuietButton>
        </div>
      )}
    </fieldset>
  )
}

/** A condition or a group, taken as it is or turned round. */
function Part(props: { of: Condition; onChange: (of: Condition) => void; onRemove: () => void; disabled?: boolean }) {
  const { of, onChange, onRemove, disabled } = props
  const t = useT()
  const inner = of.is === 'not' ? of.of : of
  const put = (next: Condition) => onChange(of.is === 'not' ? { is: 'not', of: next } : next)
  return (
    <div className="part">
      <Select
        aria-label={t('segments.holds')}
        value={of.is === 'not' ? 'not' : 'is'}
        disabled={disabled}
        onChange={(how) => onChange(how === 'not' ? { is: 'not', of: inner } : inner)}
        options={(['is', 'not'] as const).map((how) => ({ value: how, label: t(`segments.holds.${how}`) }))}
        popupMatchSelectWidth={false}
      />
      {isGroup(inner) || inner.is === 'not' ? (
        <Group of={inner} onChange={put} onRemove={onRemove} disabled={disabled} />
      ) : (
        <>
          <ConditionLine key={kindOf(inner)} of={inner} onChange={put} disabled={disabled} />
          {!disabled && <QuietButton icon="close" aria-label={t('segments.drop')} onClick={onRemove} />}
        </>
      )}
    </div>
  )
}

function isGroup(of: Condition): of is GroupOf {
  return of.is === 'and' || of.is === 'or'
}
