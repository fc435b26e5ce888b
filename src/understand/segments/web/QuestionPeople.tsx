import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { called, PersonPicker } from '#know/customers/web/people.ts'
import type { Condition } from '#understand/query/contract.ts'
import { valueContract } from '#understand/value/contract.ts'
import { apiOf } from '#web/api.ts'
import { useT } from '#web/i18n.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { StageMark } from '#web/kit/StageMark.tsx'
import { Absent, Money } from '#web/kit/values.tsx'
import type { Segment } from '../contract.ts'
import { isWhole } from './is-whole.ts'
import { QuestionTally } from './QuestionTally.tsx'
import { Reach } from './Reach.tsx'
import { Reasons } from './Reasons.tsx'
import { useLater } from './use-later.ts'
import { useTally } from './use-tally.ts'

const value = apiOf('value', valueContract)

/**
 * Whom a question finds, while it is changed: how many, of how many it cannot be said, a handful of them, and why somebody is found or
 * not. What was asked before the last change is let go, in the engine too.
 */
export function QuestionPeople({ question, segment }: { question: Condition; segment?: Segment }) {
  const t = useT()
  const written = useLater(question, 150)
  const whole = isWhole(written)
  const saved = segment && !isChanged(written, segment) ? segment : undefined
  // As it is saved, those picked by hand are in it.
  const asked: Condition = saved ? { is: 'segment', in: [saved.id] } : written
  const tally = useTally(asked, { whole, segment: saved })
  const sample = useQuery({
    ...value.query.query.queryOptions({ input: { where: asked, limit: 6 }, enabled: whole && tally.isEstimated }),
    placeholderData: keepPreviousData,
    retry: false,
  })
  const [person, setPerson] = useState<number>()
  return (
    <section className="panel" aria-labelledby="people">
      <h2 id="people">{t('segments.people')}</h2>
      <QuestionTally tally={tally} opens={whole ? asked : undefined} />
      {whole && <Reach question={asked} />}
      <ul className="sample">
        {(sample.data?.items ?? []).map(({ customer, stage, isNew, revenue }) => (
          <li key={customer.id}>
            <Link to="/customers/$id" params={{ id: String(customer.id) } as never}>
              {called(customer)}
            </Link>
            <StageMark stage={isNew ? 'new' : stage} />
            <Money minor={revenue} />
            <QuietButton icon="why" onClick={() => setPerson(customer.id)}>
              {t('segments.why_in')}
            </QuietButton>
          </li>
        ))}
        {whole && sample.data?.items.length === 0 && <li className="soft">{t('segments.finds_nobody')}</li>}
      </ul>
      <h3>{t('segments.why')}</h3>
      <PersonPicker label={t('segments.why_whom')} id={person} but={0} onPick={setPerson} />
      {person !== undefined && (whole ? <Reasons customerId={person} question={asked} /> : <Absent />)}
    </section>
  )
}

function isChanged(question: Condition, segment: Segment): boolean {
  return JSON.stringify(question) !== JSON.stringify(segment.question)
}
