import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ErrorOrProof } from '#web/kit/ErrorOrProof.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { sessionQuery, useSession } from '#web/session.ts'
import { FactorIsOn } from './FactorIsOn.tsx'
import { NewFactor } from './NewFactor.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { staff } from './staff-api.ts'
import './staff.css'

/** One's own second factor: set up, another phone, new recovery codes, off. Who must have one begins here. */
export function TwoFactorPage() {
  const t = useT()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { factorDue } = useSession().staff
  // What brought one here stays said until all is done, also when the session hears of it earlier.
  const [due] = useState(factorDue)
  const [codes, setCodes] = useState<readonly string[]>()
  const mine = useQuery(staff.query.myFactor.queryOptions({ input: {} }))
  const begin = useMutation({ ...staff.query.beginFactor.mutationOptions(), retry: false })

  const changed = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: staff.query.myFactor.key() }),
      queries.invalidateQueries({ queryKey: staff.query.list.key() }),
      queries.invalidateQueries(sessionQuery),
    ])
  function show(made: readonly string[]) {
    begin.reset()
    setCodes(made)
    void changed()
  }

  return (
    <PageFrame
      title={t('staff.factor')}
      subtitle={t(due ? 'staff.factor_due' : 'staff.factor_means')}
      back={due ? undefined : { to: '/settings/account', label: t('staff.account') }}
      narrow
    >
      <Loaded of={mine}>
        {(factor) => {
          if (codes) {
            return <RecoveryCodes codes={codes} onKept={() => void navigate({ to: due ? '/' : '/settings/account' })} />
          }
          if (begin.data) {
            return <NewFactor begun={begin.data} onOn={show} onCancel={due ? undefined : () => begin.reset()} />
          }
          if (factor.onSince) {
            return (
              <FactorIsOn
                factor={factor}
                onRenewed={show}
                onBegin={() => begin.mutate({})}
                begin={begin}
                onOff={changed}
              />
            )
          }
          return (
            <>
              <p>{t('staff.factor_apps')}</p>
              <ErrorOrProof of={[begin]} />
              <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate({})}>
                {t('staff.factor_set_up')}
              </Button>
            </>
          )
        }}
      </Loaded>
    </PageFrame>
  )
}
