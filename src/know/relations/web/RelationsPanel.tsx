import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { CustomerRow } from '#know/customers/contract.ts'
import { called, customers, phoneText } from '#know/customers/web/people.ts'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Icon } from '#web/kit/icon.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { useMay } from '#web/session.ts'
import type { Relation } from '../contract.ts'
import { RelationForm, type Said } from './RelationForm.tsx'
import { relations } from './relations-api.ts'
import './relations.css'

type Suggested = { customer: CustomerRow; by: 'phone' | 'email' }

/** Who belongs to a customer; whom a family's phone suggests stands below, a tap away. */
export function RelationsPanel({ id }: { id: number }) {
  const t = useT()
  const mayEdit = useMay()('customers.edit')
  const [adding, setAdding] = useState<number | true>()
  const list = useQuery(relations.query.list.queryOptions({ input: { id } }))
  const { add, remove, error } = useRelationCalls(id)
  return (
    <Loaded of={list} rows={1}>
      {({ items, suggested }) => (
        <>
          {items.length === 0 && !adding && <p className="soft">{t('relations.none')}</p>}
          <ul className="relations" aria-label={t('relations.title')}>
            {(items as Relation[]).map((one) => (
              <li key={one.id}>
                <span className="soft">{t(`relations.kind.${one.kind}`)}</span>
                <span>
                  <Link to={`/customers/${one.customer.id}`}>{called(one.customer)}</Link>{' '}
                  <span className="soft">
                    {[one.customer.phone && phoneText(one.customer.phone), one.note].filter(Boolean).join(' · ')}
                  </span>
                </span>
                {mayEdit && (
                  <button
                    type="button"
                    className="field-edit-button"
                    aria-label={t('relations.remove', { name: called(one.customer) })}
                    disabled={remove.isPending}
                    onClick={() => remove.mutate(one)}
                  >
                    <Icon name="close" size={14} />
                  </button>
                )}
              </li>
            ))}
          </ul>
          <ErrorNote error={error} />
          {adding ? (
            <RelationForm
              id={id}
              other={adding === true ? undefined : adding}
              busy={add.isPending}
              onSay={(said: Said) => add.mutate(said, { onSuccess: () => setAdding(undefined) })}
              onCancel={() => setAdding(undefined)}
            />
          ) : (
            mayEdit && (
              <div className="note-actions">
                <QuietButton icon="add" onClick={() => setAdding(true)}>
                  {t('relations.add')}
                </QuietButton>
                {(suggested as Suggested[]).map(({ customer, by }) => (
                  <QuietButton key={customer.id} icon="add" onClick={() => setAdding(customer.id)}>
                    {t(`relations.suggested_${by}`, { name: called(customer) })}
                  </QuietButton>
                ))}
              </div>
            )
          )}
        </>
      )}
    </Loaded>
  )
}

function useRelationCalls(id: number) {
  const t = useT()
  const queries = useQueryClient()
  const changed = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: relations.query.key() }),
      queries.invalidateQueries({ queryKey: customers.query.timeline.key() }),
    ])
  const add = useMutation({
    mutationFn: (said: Said) => relations.call.add({ id, ...said }),
    onSettled: changed,
  })
  const remove = useMutation({
    mutationFn: (one: Relation) => relations.call.remove({ id, relationId: one.id }),
    onSuccess(_, { customer, kind, note }) {
      notify(t('relations.was_removed', { name: called(customer) }), {
        undo: () => add.mutate({ otherId: customer.id, kind, note: note ?? undefined }),
      })
    },
    onSettled: changed,
  })
  return { add, remove, error: add.error ?? remove.error }
}
