import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useColleagues } from '#know/staff/web/people.ts'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { InstantText } from '#web/kit/values.tsx'
import { problemOf } from '#web/problem-error.ts'
import { useMay, useSession } from '#web/session.ts'
import type { CustomerPage, OwnerChange } from '../contract.ts'
import { customers } from './customers-api.ts'

/** Who looks after a customer, who did before, and handing over with a word for the next one. */
export function Owner({ customer }: { customer: CustomerPage }) {
  const t = useT()
  const mayEdit = useMay()('customers.edit')
  const me = useSession().staff
  const { nameOf } = useColleagues()
  const [choosing, setChoosing] = useState(false)
  const { ownerId } = customer
  return (
    <section className="panel" aria-labelledby="owner">
      <h2 id="owner">{t('customers.field.owner')}</h2>
      <p className="owner">
        {ownerId === null ? (
          <span className="soft">{t('customers.nobody_looks_after')}</span>
        ) : (
          <strong>{ownerId === me.id ? t('customers.yourself') : (nameOf(ownerId) ?? `#${ownerId}`)}</strong>
        )}
        {mayEdit && !choosing && (
          <QuietButton aria-expanded={choosing} onClick={() => setChoosing(true)}>
            {t(ownerId === null ? 'customers.give_owner' : 'customers.hand_over')}
          </QuietButton>
        )}
      </p>
      {choosing && <HandOver customer={customer} onDone={() => setChoosing(false)} />}
      <Before id={customer.id} />
    </section>
  )
}

function HandOver({ customer, onDone }: { customer: CustomerPage; onDone: () => void }) {
  const t = useT()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { all, nameOf } = useColleagues()
  const [to, setTo] = useState<number | 'nobody'>()
  const [note, setNote] = useState('')
  const hand = useMutation({
    mutationFn: () =>
      customers.call.handOver(
        { id: customer.id, ownerId: to === 'nobody' ? null : to!, ...(note.trim() ? { note: note.trim() } : {}) },
        { context: { ifMatch: customer.version } },
      ),
    async onSuccess({ ownerId }) {
      notify(ownerId === null ? t('customers.is_nobodys') : t('customers.was_handed', { name: nameOf(ownerId) ?? '' }))
      onDone()
      try {
        const now = await customers.call.get({ id: customer.id })
        queries.setQueryData(customers.query.get.queryKey({ input: { id: customer.id } }), now as never)
        await queries.invalidateQueries({ queryKey: customers.query.owners.key() })
        await queries.invalidateQueries({ queryKey: customers.query.timeline.key() })
      } catch (error) {
        // Whom one handed over may be out of one's sight now.
        if (problemOf(error).status === 404) await navigate({ to: '/customers' })
      }
      await queries.invalidateQueries({ queryKey: customers.query.list.key() })
    },
  })
  const options = [
    ...all
      .filter((one) => one.active && one.id !== customer.ownerId)
      .map((one) => ({ value: one.id as number | 'nobody', label: one.name })),
    ...(customer.ownerId === null ? [] : [{ value: 'nobody' as const, label: t('customers.nobody') }]),
  ]
  return (
    <form
      className="hand-over-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (to !== undefined) hand.mutate()
      }}
    >
      <Select
        aria-label={t('customers.hand_over_to')}
        placeholder={t('customers.hand_over_to')}
        value={to}
        onChange={setTo}
        options={options}
        showSearch={{ optionFilterProp: 'label' }}
      />
      <Input.TextArea
        aria-label={t('customers.hand_over_note')}
        placeholder={t('customers.hand_over_note')}
        maxLength={300}
        autoSize={{ minRows: 2, maxRows: 5 }}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <ErrorNote error={hand.error} />
      <div className="note-actions">
        <Button type="primary" htmlType="submit" loading={hand.isPending} disabled={to === undefined}>
          {t('customers.hand_over')}
        </Button>
        <QuietButton onClick={onDone}>{t('web.cancel')}</QuietButton>
      </div>
    </form>
  )
}

function Before({ id }: { id: number }) {
  const t = useT()
  const { nameOf } = useColleagues()
  const list = useQuery(customers.query.owners.queryOptions({ input: { id, limit: 10 } }))
  const changes = (list.data?.items ?? []) as OwnerChange[]
  if (changes.length === 0) return null
  const name = (staffId: number | null) =>
    staffId === null ? t('customers.nobody') : (nameOf(staffId) ?? `#${staffId}`)
  return (
    <ul className="says">
      {changes.map((change) => (
        <li key={change.id}>
          <span>
            {name(change.fromId)} → <strong>{name(change.toId)}</strong>
            {change.note && ` · ${change.note}`}
          </span>
          <span className="soft">
            {change.actorName && `${change.actorName} · `}
            <InstantText at={change.at} />
          </span>
        </li>
      ))}
    </ul>
  )
}
