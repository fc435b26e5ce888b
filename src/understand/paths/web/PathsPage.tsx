import './paths.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { AsOf } from '#web/kit/AsOf.tsx'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { usePhone } from '#web/kit/phone.ts'
import type { PathAnswer, PathAsks } from '../contract.ts'
import { PathAsksForm } from './PathAsksForm.tsx'
import { PathFile } from './PathFile.tsx'
import { PathFlow } from './PathFlow.tsx'
import { PathSteps } from './PathSteps.tsx'
import { paths } from './paths-api.ts'

const begin: PathAsks = {
  start: 'arrival',
  steps: 4,
  places: 5,
  period: { days: 28 },
  compare: false,
  where: { is: 'everyone' },
}

/** What customers do next: chosen above, drawn on a wide screen, and told step by step. */
export function PathsPage() {
  const t = useT()
  const wide = !usePhone()
  const [asks, setAsks] = useState(begin)
  const answer = useQuery(paths.query.run.queryOptions({ input: { asks }, placeholderData: keepPreviousData }))
  return (
    <PageFrame
      title={t('paths.title')}
      subtitle={answer.data && <AsOf day={answer.data.asOf} />}
      back={{ to: '/', label: t('metrics.title') }}
    >
      <p className="soft">{t('paths.note')}</p>
      <PathAsksForm asks={asks} onChange={setAsks} />
      <Loaded of={answer} rows={8}>
        {(found) =>
          found.all.visits === 0 ? (
            <EmptyState title={t('paths.empty')} example={t('paths.empty_example')}>
              {t('paths.empty_means')}
            </EmptyState>
          ) : (
            <>
              {wide && <PathFlow asks={asks} answer={found as PathAnswer} />}
              <PathSteps asks={asks} answer={found as PathAnswer} />
              <div className="note-actions">
                <PathFile asks={asks} />
              </div>
            </>
          )
        }
      </Loaded>
    </PageFrame>
  )
}
