import { Select } from 'antd'
import { useState } from 'react'
import type { Condition } from '#understand/query/contract.ts'
import { useT } from '#web/i18n.ts'
import { kindOf, type Leaf, partsOf } from './condition-kinds.ts'
import { keysOf, nameOf, type Part } from './condition-parts.ts'
import { OwnField } from './OwnField.tsx'
import { type Fields, PartField } from './PartField.tsx'
import { StepsField } from './StepsField.tsx'
import { WayField } from './WayField.tsx'

/** One condition: what it is about, then its parts; those that narrow it further stand behind a list until they say something. */
export function ConditionLine(props: { of: Leaf; onChange: (of: Condition) => void; disabled?: boolean }) {
  const { of, onChange, disabled } = props
  const t = useT()
  const kind = kindOf(of)
  const values = of as unknown as Record<string, unknown>
  const [opened, setOpened] = useState<readonly string[]>([])
  const shows = (part: Part) =>
    !part.more || opened.includes(nameOf(part)) || keysOf(part).some((key) => values[key] !== undefined)
  const parts = partsOf(kind)
  const hidden = parts.filter((part) => !shows(part))
  // What is emptied is not asked.
  const change = (change: Record<string, unknown>) => {
    const next = { ...of, ...change } as Record<string, unknown>
    for (const [key, value] of Object.entries(change)) if (value === undefined) delete next[key]
    onChange(next as unknown as Condition)
  }
  return (
    <div className="condition">
      <strong>{t(`segments.kind.${kind}`)}</strong>
      {parts.filter(shows).map((part) => (
        <PartOf key={keysOf(part)[0]} part={part} values={values} disabled={disabled} onChange={change} />
      ))}
      {hidden.length > 0 && !disabled && (
        <Select<string>
          variant="borderless"
          aria-label={t('segments.narrow')}
          placeholder={t('segments.narrow')}
          value={null}
          options={hidden.map((part) => ({ value: nameOf(part), label: t(nameOf(part)) }))}
          onChange={(name) => {
            const part = hidden.find((part) => nameOf(part) === name)
            if (part?.part === 'flag') return change({ [part.key]: true })
            setOpened([...opened, name])
          }}
          popupMatchSelectWidth={false}
        />
      )}
    </div>
  )
}

function PartOf({ part, ...rest }: Fields & { part: Part }) {
  if (part.part === 'own') return <OwnField {...rest} />
  if (part.part === 'steps') return <StepsField {...rest} />
  if (part.part === 'way') return <WayField {...rest} />
  return <PartField part={part} {...rest} />
}
