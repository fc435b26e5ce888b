import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useT } from '#web/i18n.ts'
import { ErrorOrProof } from '#web/kit/ErrorOrProof.tsx'
import { notify } from '#web/kit/notice.tsx'
import { useMay, useSession } from '#web/session.ts'
import type { Staff } from '../contract.ts'
import { HandOver } from './HandOver.tsx'
import { staff } from './staff-api.ts'

/** Whether and how a person gets in: a link for a new password, deactivation and its undo. */
export function StaffAccess({ person }: { person: Staff }) {
  const t = useT()
  const may = useMay()
  const me = useSession().staff
  const queries = useQueryClient()
  const input = { id: person.id }
  // Their customers' panel asks who works here now.
  const again = () => queries.invalidateQueries({ queryKey: staff.query.key() })
  const reset = useMutation(staff.query.resetLink.mutationOptions())
  const reactivate = useMutation({
    ...staff.query.reactivate.mutationOptions(),
    onSuccess() {
      notify(t('staff.was_reactivated', { name: person.name }))
      return again()
    },
  })
  const deactivate = useMutation({
    ...staff.query.deactivate.mutationOptions(),
    onSuccess() {
      notify(t('staff.was_deactivated', { name: person.name }), { undo: () => reactivate.mutate(input) })
      return again()
    },
  })
  const loseFactor = useMutation({
    ...staff.query.resetFactor.mutationOptions(),
    retry: false,
    onSuccess() {
      notify(t('staff.factor_was_reset', { name: person.name }))
      return again()
    },
  })
  if (person.role === 'owner' && !may('staff.owners')) return null

  return (
    <section className="panel access">
      <h2>{t('staff.access')}</h2>
      {person.active ? (
        <>
          <p className="soft">{t('staff.reset_link_means')}</p>
          {reset.data ? (
            <HandOver link={reset.data} name={person.name} />
          ) : (
            <Button disabled={reset.isPending} onClick={() => reset.mutate(input)}>
              {t('staff.reset_link')}
            </Button>
          )}
          {person.secondFactor && person.id !== me.id && may('staff.owners') && (
            <>
              <p className="soft">{t('staff.factor_reset_means')}</p>
              <Button disabled={loseFactor.isPending} onClick={() => loseFactor.mutate(input)}>
                {t('staff.factor_reset')}
              </Button>
            </>
          )}
          {person.id !== me.id && (
            <>
              <p className="soft">{t('staff.deactivate_means')}</p>
              <Button disabled={deactivate.isPending} onClick={() => deactivate.mutate(input)}>
                {t('staff.deactivate')}
              </Button>
            </>
          )}
        </>
      ) : (
        <>
          <p className="soft">{t('staff.inactive_means')}</p>
          <Button disabled={reactivate.isPending} onClick={() => reactivate.mutate(input)}>
            {t('staff.reactivate')}
          </Button>
        </>
      )}
      <ErrorOrProof of={[reset, deactivate, reactivate, loseFactor]} />
    </section>
  )
}
