import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { customers } from '#know/customers/web/people.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { dayText } from '#web/kit/formats.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { Why } from '#web/kit/Why.tsx'
import { useMay } from '#web/session.ts'
import type { ArrivalSaying } from '../contract.ts'
import { ArrivalForm, type Said } from './ArrivalForm.tsx'
import { arrivals } from './arrivals-api.ts'
import { useWays } from './use-ways.ts'
import './arrivals.css'

/** Where a customer came from, who says so, and what others say. */
export function ArrivalPanel({ id }: { id: number }) {
  const t = useT()
  const mayEdit = useMay()('customers.edit')
  const [saying, setSaying] = useState(false)
  const list = useQuery(arrivals.query.ofCustomer.queryOptions({ input: { id } }))
  const { say, unsay, error } = useArrivalCalls(id)
  return (
    <Loaded of={list} rows={1}>
      {({ items }) => {
        const [holds] = items as ArrivalSaying[]
        return (
          <>
            {holds ? (
              <p className="arrival">
                <Came of={holds} />{' '}
                <Why of={t('arrivals.title')}>
                  <ul className="says">
                    {(items as ArrivalSaying[]).map((one) => (
                      <Saying key={`${one.origin} ${one.on} ${one.wayId}`} of={one} />
                    ))}
                  </ul>
                </Why>
              </p>
            ) : (
              !saying && <p className="soft">{t('arrivals.none')}</p>
            )}
            <ErrorNote error={error} />
            {saying ? (
              <ArrivalForm
                id={id}
                holds={holds}
                busy={say.isPending}
                onSay={(said: Said) => say.mutate(said, { onSuccess: () => setSaying(false) })}
                onCancel={() => setSaying(false)}
              />
            ) : (
              mayEdit && (
                <div className="note-actions">
                  <QuietButton icon={holds ? 'edit' : 'add'} onClick={() => setSaying(true)}>
                    {t(holds ? 'arrivals.change' : 'arrivals.say')}
                  </QuietButton>
                  {holds?.origin === 'hand' && (
                    <QuietButton disabled={unsay.isPending} onClick={() => unsay.mutate(holds)}>
                      {t('arrivals.unsay')}
                    </QuietButton>
                  )}
                </div>
              )
            )}
          </>
        )
      }}
    </Loaded>
  )
}

function Came({ of }: { of: ArrivalSaying }) {
  const t = useT()
  const locale = useLocale()
  const { nameOf } = useWays()
  return (
    <>
      <strong>{of.wayId === null ? t('arrivals.no_way') : nameOf(of.wayId)}</strong>
      {of.campaign && ` · ${of.campaign}`}
      {of.referredBy && (
        <>
          {' · '}
          {t('arrivals.referred_by')}{' '}
          <Link to={`/customers/${of.referredBy.id}`}>{of.referredBy.name ?? `#${of.referredBy.id}`}</Link>
        </>
      )}
      {of.referrer && ` · ${t('arrivals.via', { page: of.referrer })}`} · {dayText(locale, of.on)}
    </>
  )
}

function Saying({ of }: { of: ArrivalSaying }) {
  const t = useT()
  return (
    <li>
      <span>
        <Came of={of} />
      </span>
      <span className="soft">{[t(`arrivals.origin.${of.origin}`), of.actorName].filter(Boolean).join(' · ')}</span>
    </li>
  )
}

function useArrivalCalls(id: number) {
  const t = useT()
  const queries = useQueryClient()
  const changed = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: arrivals.query.key() }),
      queries.invalidateQueries({ queryKey: customers.query.timeline.key() }),
      queries.invalidateQueries({ queryKey: ['customers'] }),
    ])
  const say = useMutation({
    mutationFn: (said: Said) => arrivals.call.say({ id, ...said }),
    onSuccess: () => notify(t('arrivals.was_said')),
    onSettled: changed,
  })
  const unsay = useMutation({
    mutationFn: (_before: ArrivalSaying) => arrivals.call.unsay({ id }),
    onSuccess(_, { wayId, campaign, referredBy, on }) {
      const before = { wayId, campaign: campaign ?? undefined, referredById: referredBy?.id, on }
      notify(t('arrivals.was_unsaid'), { undo: () => say.mutate(before) })
    },
    onSettled: changed,
  })
  return { say, unsay, error: say.error ?? unsay.error }
}
