import { Select } from 'antd'
import { useId } from 'react'
import type { Condition } from '#understand/query/contract.ts'
import { QuestionEditor, useSegments } from '#understand/segments/web/people.ts'
import { useT } from '#web/i18n.ts'
import { Choices } from '#web/kit/Choices.tsx'

type Kind = 'everybody' | 'segment' | 'question'

/** Of whom a report speaks: everybody, a segment, or a question of its own. */
export function WhomField({ where, onChange }: { where: Condition; onChange: (where: Condition) => void }) {
  const t = useT()
  const id = useId()
  const segments = useSegments()
  const kind: Kind =
    where.is === 'everyone' ? 'everybody' : where.is === 'segment' && where.in.length === 1 ? 'segment' : 'question'
  const begin = (next: Kind) => {
    const first = segments[0]?.id
    if (next === kind) return
    if (next === 'everybody') onChange({ is: 'everyone' })
    else if (next === 'segment' && first !== undefined) onChange({ is: 'segment', in: [first] })
    else onChange({ is: 'and', of: where.is === 'everyone' ? [] : [where] })
  }
  return (
    <div className="wide">
      <Choices
        label={t('reports.whom')}
        value={kind}
        options={[
          { value: 'everybody' as const, label: t('reports.everybody') },
          ...(segments.length > 0 ? [{ value: 'segment' as const, label: t('reports.a_segment') }] : []),
          { value: 'question' as const, label: t('reports.a_question') },
        ]}
        onPick={begin}
      />
      {where.is === 'segment' && kind === 'segment' && (
        <Select
          id={id}
          aria-label={t('reports.segment')}
          showSearch={{ optionFilterProp: 'label' }}
          value={where.in[0]}
          options={segments.map((one) => ({ value: one.id, label: one.name }))}
          onChange={(segment: number) => onChange({ is: 'segment', in: [segment] })}
        />
      )}
      {kind === 'question' && <QuestionEditor question={where} onChange={onChange} onUnderstood={() => {}} />}
    </div>
  )
}
