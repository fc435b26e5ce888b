import { InputNumber } from 'antd'
import { useOwnFields } from '#know/fields/web/people.ts'
import { useT } from '#web/i18n.ts'
import { DayField } from '#web/kit/DayField.tsx'
import { Filter } from '#web/kit/FilterBar.tsx'
import { MoneyField } from '#web/kit/MoneyField.tsx'
import { useSession } from '#web/session.ts'
import { ownAsked } from './view-question.ts'

type Choice = { value: string; label: string }

/** Kinds that are asked by their ends. */
const ranged: ReadonlySet<string> = new Set(['number', 'money', 'day'])

/**
 * One filter for all fields of the shop's own: a choice, yes or no, from and to, known or not. What is written in a text is not asked
 * here, because what a list is asked with stands in its address.
 */
export function OwnFilter({ value, onPick }: { value: string; onPick: (own: string) => void }) {
  const t = useT()
  const choices = useOwnChoices()
  const { all } = useOwnFields()
  if (choices.length === 0) return null
  const asked = ownAsked(value)
  const kind = all.find(({ id }) => id === asked?.fieldId)?.kind
  const range = asked?.range
  const say = (from: string, to: string) => onPick(`${asked?.fieldId}:${from}..${to}`)
  return (
    <>
      <Filter
        label={t('value.own_field')}
        value={range ? `${asked.fieldId}:..` : value}
        options={choices}
        onPick={onPick}
      />
      {range &&
        kind &&
        (['from', 'to'] as const).map((end) => (
          <End
            key={end}
            kind={kind}
            label={t(`value.own_${end}`)}
            value={range[end]}
            onSay={(said) => say(end === 'from' ? said : range.from, end === 'to' ? said : range.to)}
          />
        ))}
    </>
  )
}

function End(props: { kind: string; label: string; value: string; onSay: (said: string) => void }) {
  const { kind, label, value, onSay } = props
  const number = value === '' ? null : Number(value)
  if (kind === 'day') return <DayField label={label} value={value || null} onChange={(day) => onSay(day ?? '')} />
  if (kind === 'money') {
    return (
      <span className="own-end">
        <MoneyField label={label} value={number} onChange={(minor) => onSay(String(minor ?? ''))} />
      </span>
    )
  }
  return (
    <InputNumber
      aria-label={label}
      placeholder={label}
      value={number}
      onChange={(said) => onSay(said === null ? '' : String(said))}
      style={{ width: 110 }}
    />
  )
}

/** What one may ask of the shop's own fields; of sensitive ones only who is shown them. */
function useOwnChoices(): Choice[] {
  const t = useT()
  const { all } = useOwnFields()
  const { sight = {} } = useSession().staff
  return all
    .filter(({ sensitive }) => !sensitive || (sight.notes ?? 'full') === 'full')
    .flatMap(({ id, kind, name, choices }) => {
      const one = (said: string | number, words: string) => ({ value: `${id}:${said}`, label: `${name}: ${words}` })
      return [
        ...choices.map((choice) => one(choice.id, choice.name)),
        ...(kind === 'yesno' ? [one('yes', t('fields.yes')), one('no', t('fields.no'))] : []),
        ...(ranged.has(kind) ? [one('..', t('value.own_range'))] : []),
        one('known', t('value.own_known')),
        one('unknown', t('value.own_unknown')),
      ]
    })
}
