import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { Choices } from '#web/kit/Choices.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { useMay } from '#web/session.ts'
import { identity } from './identity-api.ts'

type Wanted = 'rule' | 'staff' | 'test' | 'none'

/** Whether the person is a customer, one of us or a test: who is not a customer is left out of numbers. */
export function CountsAs({ id }: { id: number }) {
  const t = useT()
  const mayEdit = useMay()('customers.edit')
  const queries = useQueryClient()
  const state = useQuery(identity.query.mark.queryOptions({ input: { id } }))
  const save = useMutation({
    ...identity.query.saveMark.mutationOptions(),
    onSuccess: (now) => queries.setQueryData(identity.query.mark.queryKey({ input: { id } }), now),
  })
  if (!state.data) return <ErrorNote error={state.error} again={state.refetch} />
  const { mark, said } = state.data
  if (!mayEdit) return mark ? <p className="soft">{t(`identity.mark.${mark}`)}</p> : null
  const now = t(`identity.mark.${mark ?? 'none'}`)
  const options = (['rule', 'none', 'staff', 'test'] as const).map((value) => ({
    value,
    label: value === 'rule' ? t('identity.counts_by_rule', { now }) : t(`identity.mark.${value}`),
  }))
  return (
    <div className="counts-as">
      <Choices<Wanted>
        label={t('identity.counts')}
        wraps
        value={said ?? 'rule'}
        options={
          said === null
            ? options
            : options.map((one) => (one.value === 'rule' ? { ...one, label: t('identity.counts_rule') } : one))
        }
        onPick={(wanted) => save.mutate({ id, mark: wanted === 'rule' ? null : wanted })}
      />
      <p className="soft">{t('identity.counts_means')}</p>
      <ErrorNote error={save.error} />
    </div>
  )
}
