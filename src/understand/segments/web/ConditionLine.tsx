import type { Condition } from '#understand/query/contract.ts'
import { useT } from '#web/i18n.ts'
import { kindOf, type Leaf, type Part, partsOf } from './condition-kinds.ts'
import { OwnField } from './OwnField.tsx'
import { type Fields, PartField } from './PartField.tsx'
import { StepsField } from './StepsField.tsx'
import { WayField } from './WayField.tsx'

/** One condition: what it is about, then its parts. */
export function ConditionLine(props: { of: Leaf; onChange: (of: Condition) => void; disabled?: boolean }) {
  const { of, onChange, disabled } = props
  const t = useT()
  const kind = kindOf(of)
  return (
    <div className="condition">
      <strong>{t(`segments.kind.${kind}`)}</strong>
      {partsOf(kind).map((part) => (
        <PartOf
          key={'key' in part ? part.key : 'keys' in part ? part.part : part.from}
          part={part}
          values={of as unknown as Record<string, unknown>}
          disabled={disabled}
          // What is emptied is not asked.
          onChange={(change) => {
            const next = { ...of, ...change } as Record<string, unknown>
            for (const [key, value] of Object.entries(change)) if (value === undefined) delete next[key]
            onChange(next as unknown as Condition)
          }}
        />
      ))}
    </div>
  )
}

function PartOf({ part, ...rest }: Fields & { part: Part }) {
  if (part.part === 'own') return <OwnField {...rest} />
  if (part.part === 'steps') return <StepsField {...rest} />
  if (part.part === 'way') return <WayField {...rest} />
  return <PartField part={part} {...rest} />
}
