import { useQuery } from '@tanstack/react-query'
import type { Condition } from '#understand/query/contract.ts'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { Count, DayText, Money } from '#web/kit/values.tsx'
import type { Reason } from '../contract.ts'
import { segments } from './segments-api.ts'

/** Why a customer is found by a question or not: condition by condition, with the value that was found. */
export function Reasons({ customerId, question }: { customerId: number; question: Condition }) {
  const reasons = useQuery(segments.query.reasons.queryOptions({ input: { customerId, question } }))
  return <Loaded of={reasons}>{(reason) => <ReasonLine of={reason as Reason} />}</Loaded>
}

const signs = { yes: '✓', no: '✗', unknown: '?' } as const

function ReasonLine({ of }: { of: Reason }) {
  const t = useT()
  const group = of.is === 'and' || of.is === 'or'
  return (
    <div className={`reason ${of.answer}`}>
      <p>
        <span className="reason-sign" aria-hidden="true">
          {signs[of.answer]}
        </span>
        <strong>{t(`segments.answer.${of.answer}`)}</strong> {group ? t(`segments.joined.${of.is}`) : of.sentence}
        {of.unit && (
          <span className="soft">
            {' '}
            {t('segments.found')} <Found of={of} />
          </span>
        )}
      </p>
      {of.of.length > 0 && (
        <ul>
          {of.of.map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no name; its place is what it is called by
            <li key={at}>
              <ReasonLine of={one} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Found({ of: { found, unit } }: { of: Reason }) {
  const t = useT()
  if (found === null) return <>{t('segments.found_nothing')}</>
  if (unit === 'money') return <Money minor={Number(found)} />
  if (unit === 'day') return <DayText day={found} />
  return unit === 'number' ? <Count value={Number(found)} /> : found
}
