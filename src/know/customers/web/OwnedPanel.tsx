import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useColleagues } from '#know/staff/web/people.ts'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Icon } from '#web/kit/icon.tsx'
import { notify } from '#web/kit/notice.tsx'
import { customers } from './customers-api.ts'

/** On the page of a member of staff: how many customers the person looks after, and handing all of them over. */
export default function OwnedPanel({ id }: { id: number }) {
  const t = useT()
  const queries = useQueryClient()
  const { all } = useColleagues()
  const [to, setTo] = useState<number | 'nobody'>()
  const [note, setNote] = useState('')
  const owned = useQuery(customers.query.owned.queryOptions({ input: { id } }))
  const hand = useMutation({
    mutationFn: () =>
      customers.call.handOverAll({
        id,
        ownerId: to === 'nobody' ? null : to!,
        ...(note.trim() ? { note: note.trim() } : {}),
      }),
    async onSuccess({ customers: count }) {
      notify(t('customers.were_handed', { count }))
      setTo(undefined)
      setNote('')
      await queries.invalidateQueries({ queryKey: customers.query.key() })
    },
  })
  const count = owned.data?.customers
  if (count === undefined) return <ErrorNote error={owned.error} again={owned.refetch} />
  if (count === 0) return <p className="soft">{t('customers.owns_nobody')}</p>
  return (
    <>
      <p>{t('customers.owns', { count })}</p>
      {all.find((one) => one.id === id)?.active === false && (
        <p className="owner-left" role="status">
          <Icon name="warning" size={18} /> {t('customers.owner_left')}
        </p>
      )}
      <div className="hand-over-all">
        <Select
          aria-label={t('customers.hand_over_to')}
          placeholder={t('customers.hand_over_to')}
          value={to}
          onChange={setTo}
          showSearch={{ optionFilterProp: 'label' }}
          options={[
            ...all
              .filter((one) => one.active && one.id !== id)
              .map((one) => ({ value: one.id as number | 'nobody', label: one.name })),
            { value: 'nobody' as const, label: t('customers.nobody') },
          ]}
        />
        <Button disabled={to === undefined} loading={hand.isPending} onClick={() => hand.mutate()}>
          {t('customers.hand_all_over')}
        </Button>
      </div>
      <Input.TextArea
        className="hand-over-note"
        aria-label={t('customers.hand_over_note')}
        placeholder={t('customers.hand_over_note')}
        maxLength={300}
        autoSize={{ minRows: 1, maxRows: 4 }}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <ErrorNote error={hand.error} />
    </>
  )
}
