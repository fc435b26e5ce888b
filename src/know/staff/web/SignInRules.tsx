import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Switch } from 'antd'
import { useId } from 'react'
import { useT } from '#web/i18n.ts'
import { ErrorOrProof } from '#web/kit/ErrorOrProof.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { staff } from './staff-api.ts'

/** What the house demands of everybody's sign-in. */
export function SignInRules() {
  const t = useT()
  const rules = useQuery(staff.query.rules.queryOptions({ input: {} }))
  return (
    <section className="panel">
      <h2>{t('staff.access')}</h2>
      <Loaded of={rules} rows={1}>
        {(found) => <Require required={found.requireFactor} version={found.version} />}
      </Loaded>
    </section>
  )
}

function Require({ required, version }: { required: boolean; version: number }) {
  const t = useT()
  const id = useId()
  const queries = useQueryClient()
  const save = useMutation({
    ...staff.query.saveRules.mutationOptions({ context: { ifMatch: version } }),
    retry: false,
    onSuccess() {
      notify(t('staff.was_saved'))
      return queries.invalidateQueries({ queryKey: staff.query.rules.key() })
    },
  })
  return (
    <>
      <div className="rule-line">
        <Switch
          id={id}
          checked={required}
          loading={save.isPending}
          onChange={(requireFactor) => save.mutate({ requireFactor })}
        />
        <label htmlFor={id}>
          <strong>{t('staff.factor_for_all')}</strong>
          <span className="soft">{t('staff.factor_for_all_means')}</span>
        </label>
      </div>
      <ErrorOrProof of={[save]} />
    </>
  )
}
