import './funnels.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { AsOf } from '#web/kit/AsOf.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import type { FunnelAnswer, FunnelStep } from '../contract.ts'
import { FunnelSteps } from './FunnelSteps.tsx'
import { funnels } from './funnels-api.ts'

const kinds: readonly FunnelStep['did'][] = [
  'viewed',
  'searched',
  'favoured',
  'carted',
  'checkout',
  'bought',
  'visited',
  'tried_on',
  'asked',
  'coupon',
  'reviewed',
  'shared',
]

/** One thing after another: chosen step by step, counted at once. */
export function FunnelPage() {
  const t = useT()
  const [days, setDays] = useState(90)
  const [steps, setSteps] = useState<FunnelStep[]>([
    { did: 'viewed' },
    { did: 'carted', within: 7 },
    { did: 'bought', within: 7 },
  ])
  const answer = useQuery(
    funnels.query.run.queryOptions({
      input: { steps, days, where: { is: 'everyone' } },
      placeholderData: keepPreviousData,
    }),
  )
  const change = (at: number, step: FunnelStep) => setSteps(steps.map((one, place) => (place === at ? step : one)))
  return (
    <PageFrame
      title={t('funnels.title')}
      subtitle={answer.data && <AsOf day={answer.data.asOf} />}
      back={{ to: '/', label: t('metrics.title') }}
    >
      <p className="soft">{t('funnels.note')}</p>
      <ol className="funnel-asks" aria-label={t('funnels.steps')}>
        {steps.map((step, at) => (
          // A step is its place: the same thing may be done twice.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={at}>
            <Select
              aria-label={t('funnels.step', { at: at + 1 })}
              value={step.did}
              options={kinds.map((value) => ({ value, label: t(`query.event.${value}`) }))}
              onChange={(did: FunnelStep['did']) => change(at, { ...step, did })}
              popupMatchSelectWidth={false}
            />
            {at > 0 && (
              <label htmlFor={`within-${at}`}>
                {t('funnels.within')}{' '}
                <InputNumber
                  id={`within-${at}`}
                  min={1}
                  max={365}
                  value={step.within ?? null}
                  onChange={(within) => change(at, { did: step.did, ...(within ? { within } : {}) })}
                />{' '}
                {t('funnels.days')}
              </label>
            )}
            {steps.length > 2 && at > 0 && (
              <QuietButton
                icon="close"
                aria-label={t('funnels.take_off', { at: at + 1 })}
                onClick={() => setSteps(steps.filter((_, place) => place !== at))}
              />
            )}
          </li>
        ))}
      </ol>
      <div className="note-actions">
        {steps.length < 4 && (
          <QuietButton icon="add" onClick={() => setSteps([...steps, { did: 'bought', within: 30 }])}>
            {t('funnels.add')}
          </QuietButton>
        )}
        <Select
          aria-label={t('funnels.first_in')}
          value={days}
          options={[30, 90, 180, 365].map((value) => ({ value, label: t('funnels.last', { days: value }) }))}
          onChange={setDays}
        />
      </div>
      <Loaded of={answer} rows={4}>
        {(found) => <FunnelSteps answer={found as FunnelAnswer} />}
      </Loaded>
    </PageFrame>
  )
}
