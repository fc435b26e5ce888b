import { useQuery } from '@tanstack/react-query'
import type { Condition } from '#understand/query/contract.ts'
import { useT } from '#web/i18n.ts'
import { type Kind, type Part, partsOf } from './condition-kinds.ts'
import { OwnField } from './OwnField.tsx'
import { type Fields, PartField } from './PartField.tsx'
import { StepsField } from './StepsField.tsx'
import { segments } from './segments-api.ts'

/** One condition: what it is about, then its parts. A kind that has no parts here stands as its sentence and is changed as text. */
export function ConditionLine(props: {
  of: Condition
  kind: Kind | undefined
  onChange: (of: Condition) => void
  disabled?: boolean
}) {
  const { of, kind, onChange, disabled } = props
  const t = useT()
  if (!kind) return <Sentence of={of} />
  return (
    <div className="condition">
      <strong>{t(`segments.kind.${kind}`)}</strong>
      {partsOf(kind).map((part) => (
        <PartOf
          key={'key' in part ? part.key : part.from}
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
  return <PartField part={part} {...rest} />
}

function Sentence({ of }: { of: Condition }) {
  const t = useT()
  const reading = useQuery(segments.query.read.queryOptions({ input: { question: of }, staleTime: 60_000 }))
  return (
    <div className="condition">
      <span>{reading.data?.sentence ?? '…'}</span> <span className="soft">{t('segments.as_text_only')}</span>
    </div>
  )
}
