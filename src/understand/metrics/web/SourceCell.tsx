import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { arrivals } from '#know/arrivals/web/people.ts'
import { people } from '#understand/query/web/people.ts'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { MoneyField } from '#web/kit/MoneyField.tsx'
import { notify } from '#web/kit/notice.tsx'
import { Count, Money } from '#web/kit/values.tsx'
import { useMay } from '#web/session.ts'
import { numberFrom } from '../definitions.ts'
import { type Brought, type SourceId, whoCame } from './sources.ts'

type Props = {
  id: SourceId | 'all'
  months: readonly string[]
  of: Brought
  /** What a screen reader calls the cost. */
  label: string
  /** Whether the cost is typed here; else it is a sum. */
  typed: boolean
}

/** What a source cost in a month, whom it brought, and what each of them cost. */
export function SourceCell({ id, months, of, label, typed }: Props) {
  const t = useT()
  const mayEdit = useMay()('record.edit')
  const [typing, setTyping] = useState(false)
  return (
    <>
      {typing && typeof id === 'number' ? (
        <CostForm id={id} month={months[0]!} cost={of.cost} label={label} onDone={() => setTyping(false)} />
      ) : typed && mayEdit ? (
        <button type="button" className="source-cost" aria-label={label} onClick={() => setTyping(true)}>
          {of.cost > 0 ? <Money minor={of.cost} /> : <span className="soft">{t('arrivals.cost')} +</span>}
        </button>
      ) : (
        of.cost > 0 && (
          <strong>
            <Money minor={of.cost} />
          </strong>
        )
      )}
      <Brings
        what="came"
        label={t('arrivals.came')}
        each={t('arrivals.per_customer')}
        {...{ id, months, of, count: of.came }}
      />
      <Brings
        what="firstBuyers"
        label={t('arrivals.first_buyers')}
        each={t('arrivals.per_buyer')}
        {...{ id, months, of, count: of.firstBuyers }}
      />
    </>
  )
}

function Brings(props: {
  what: 'came' | 'firstBuyers'
  id: Props['id']
  months: Props['months']
  of: Brought
  count: number
  label: string
  each: string
}) {
  const { count, of, what } = props
  if (count === 0) return null
  const { to = '/customers', search } = people(whoCame(props.id, props.months, props.what))
  return (
    <span className="source-brings">
      <Link to={to} search={search as never}>
        <Count value={count} /> {props.label}
      </Link>
      {of.cost > 0 && (
        <span className="soft">
          <Money minor={numberFrom(what === 'came' ? 'costPerCustomer' : 'costPerBuyer', of)} /> {props.each}
        </span>
      )}
    </span>
  )
}

function CostForm(props: { id: number; month: string; cost: number; label: string; onDone: () => void }) {
  const t = useT()
  const queries = useQueryClient()
  const [minor, setMinor] = useState<number | null | undefined>(props.cost || null)
  const save = useMutation({
    mutationFn: (amount: number) => arrivals.call.saveCost({ wayId: props.id, month: props.month, amount }),
    async onSuccess({ wayId, month }) {
      notify(t('arrivals.costs_saved'), {
        undo: async () => {
          await arrivals.call.saveCost({ wayId, month, amount: props.cost })
          await queries.invalidateQueries({ queryKey: arrivals.query.costs.key() })
        },
      })
      await queries.invalidateQueries({ queryKey: arrivals.query.costs.key() })
      props.onDone()
    },
  })
  return (
    <form
      className="source-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (minor !== undefined && (minor ?? 0) >= 0) save.mutate(minor ?? 0)
      }}
      onKeyDown={(event) => event.key === 'Escape' && props.onDone()}
    >
      <MoneyField label={props.label} value={minor} onChange={setMinor} />
      <Button size="small" type="primary" htmlType="submit" loading={save.isPending} disabled={minor === undefined}>
        {t('web.save')}
      </Button>
      <ErrorNote error={save.error} />
    </form>
  )
}
