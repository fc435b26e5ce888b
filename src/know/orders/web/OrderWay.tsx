import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Icon } from '#web/kit/icon.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { InstantText } from '#web/kit/values.tsx'
import { useMay } from '#web/session.ts'
import type { Order, OrderStep, OrderStepName } from '../contract.ts'
import { orders } from './orders-api.ts'
import { StepForm } from './StepForm.tsx'

type Told = { step: OrderStepName; at?: string; carrier?: string; tracking?: string }

const forward = ['shipped', 'delivered', 'received'] as const

/** An order's way to the buyer: a line of steps, each with its time, and the next one a tap away. */
export function OrderWay({ order }: { order: Order }) {
  const t = useT()
  const mayEdit = useMay()('orders.edit')
  const [telling, setTelling] = useState<OrderStepName>()
  const { tell, remove, error } = useStepCalls(order.id)
  const next = nextOf(order.step)
  const ofStep = (step: OrderStepName) => order.steps.filter((one) => one.step === step)
  const far = order.step === null || order.step === 'returned' ? -1 : forward.indexOf(order.step)
  return (
    <section className="panel" aria-labelledby="way">
      <h2 id="way">{t('orders.way')}</h2>
      <ol className="way">
        {forward.map((step, place) => (
          <li key={step} className={place <= far ? 'done' : undefined}>
            <Icon name={place <= far ? 'check' : 'more'} size={18} />
            <strong>{t(`orders.step.${step}`)}</strong>
            <span className="soft">
              {place <= far ? <InstantText at={ofStep(step).at(-1)?.at} /> : t('orders.step.not_yet')}
            </span>
          </li>
        ))}
        {order.step === 'returned' && (
          <li className="back">
            <Icon name="warning" size={18} />
            <strong>{t('orders.step.returned')}</strong>
            <span className="soft">
              <InstantText at={ofStep('returned').at(-1)?.at} />
            </span>
          </li>
        )}
      </ol>
      {order.steps.length > 0 && (
        <ul className="says way-told">
          {order.steps.map((step) => (
            <StepLine key={step.id} step={step} onRemove={mayEdit ? () => remove.mutate(step) : undefined} />
          ))}
        </ul>
      )}
      <ErrorNote error={error} />
      {mayEdit &&
        (telling ? (
          <StepForm
            first={telling}
            busy={tell.isPending}
            onTell={(told: Told) => tell.mutate(told, { onSuccess: () => setTelling(undefined) })}
            onCancel={() => setTelling(undefined)}
          />
        ) : (
          <div className="note-actions">
            {next && (
              <Button
                loading={tell.isPending}
                onClick={() => (next === 'shipped' ? setTelling(next) : tell.mutate({ step: next }))}
              >
                {t('orders.tell_step', { step: t(`orders.step.${next}`) })}
              </Button>
            )}
            <QuietButton icon="add" onClick={() => setTelling(next ?? 'returned')}>
              {t('orders.tell_another')}
            </QuietButton>
          </div>
        ))}
    </section>
  )
}

function StepLine({ step, onRemove }: { step: OrderStep; onRemove: (() => void) | undefined }) {
  const t = useT()
  const name = t(`orders.step.${step.step}`)
  return (
    <li>
      <span>
        {[name, step.carrier, step.tracking].filter(Boolean).join(' · ')}
        {onRemove && (
          <button
            type="button"
            className="field-edit-button"
            aria-label={t('orders.step_remove', { step: name })}
            onClick={onRemove}
          >
            <Icon name="close" size={14} />
          </button>
        )}
      </span>
      <span className="soft">
        {[step.source, step.actorName].filter(Boolean).join(' · ')} <InstantText at={step.at} />
      </span>
    </li>
  )
}

/** What usually comes after; of what came back the way begins anew. */
function nextOf(step: OrderStepName | null): OrderStepName | undefined {
  if (step === null || step === 'returned') return 'shipped'
  return forward[forward.indexOf(step) + 1]
}

function useStepCalls(id: number) {
  const t = useT()
  const queries = useQueryClient()
  const changed = () => queries.invalidateQueries({ queryKey: orders.query.key() })
  const tell = useMutation({
    mutationFn: (told: Told) => orders.call.tellStep({ id, ...told }),
    onSuccess(after, { step }) {
      const made = (after as Order).steps.findLast((one) => one.step === step)
      notify(t('orders.step_was_told', { step: t(`orders.step.${step}`) }), {
        undo: made && (() => remove.mutate(made)),
      })
    },
    onSettled: changed,
  })
  const remove = useMutation({
    mutationFn: (step: OrderStep) => orders.call.removeStep({ id, stepId: step.id }),
    onSuccess(_, { step, at, carrier, tracking }) {
      notify(t('orders.step_was_removed'), {
        undo: () => tell.mutate({ step, at, carrier: carrier ?? undefined, tracking: tracking ?? undefined }),
      })
    },
    onSettled: changed,
  })
  return { tell, remove, error: tell.error ?? remove.error }
}
