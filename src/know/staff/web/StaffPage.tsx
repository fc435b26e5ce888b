import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import type { Column } from '#web/kit/column.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { LedgerTable } from '#web/kit/LedgerTable.tsx'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { InstantText } from '#web/kit/values.tsx'
import type { Invite, Staff } from '../contract.ts'
import { SignInRules } from './SignInRules.tsx'
import { staff } from './staff-api.ts'
import { Teams } from './Teams.tsx'
import './staff.css'

/** Who works here, in which role, and who is invited. */
export function StaffPage() {
  const t = useT()
  const list = useQuery(staff.query.list.queryOptions({ input: {} }))
  const columns: Column<Staff>[] = [
    { key: 'name', title: t('staff.name'), cell: (row) => row.name },
    { key: 'role', title: t('staff.role'), cell: (row) => t(`staff.role.${row.role}`), card: 'side' },
    { key: 'email', title: t('staff.email'), cell: (row) => row.email, card: 'full' },
    { key: 'scope', title: t('staff.sees'), cell: (row) => scopeText(t, row), card: 'half' },
    {
      key: 'factor',
      title: t('staff.factor'),
      cell: (row) => (row.secondFactor ? t('staff.factor_on') : <span className="soft">{t('staff.factor_off')}</span>),
      card: 'half',
    },
    {
      key: 'seen',
      title: t('staff.last_seen'),
      cell: (row) => (row.active ? <InstantText at={row.lastSeenAt} /> : t('staff.inactive')),
      card: 'half',
    },
  ]
  return (
    <PageFrame
      title={t('staff.title')}
      subtitle={t('staff.title_note')}
      back={{ to: '/settings', label: t('web.nav.settings') }}
      action={<LinkButton to="/settings/staff/invite">{t('staff.invite')}</LinkButton>}
    >
      <LedgerTable
        name="staff"
        label={t('staff.title')}
        columns={columns}
        rows={list.data?.items}
        rowKey={(row) => row.id}
        to={(row) => `/settings/staff/${row.id}`}
        error={list.error}
        onAgain={list.refetch}
        empty={<EmptyState title={t('staff.title')} />}
      />
      {list.data?.items.length === 1 && list.data.invites.length === 0 && (
        <EmptyState title={t('staff.alone')}>{t('staff.alone_means')}</EmptyState>
      )}
      {Boolean(list.data?.invites.length) && <Invites invites={list.data!.invites} />}
      <Teams />
      <SignInRules />
    </PageFrame>
  )
}

function Invites({ invites }: { invites: Invite[] }) {
  const t = useT()
  const queries = useQueryClient()
  const withdraw = useMutation({
    ...staff.query.withdrawInvite.mutationOptions(),
    onSuccess() {
      notify(t('staff.was_withdrawn'))
      return queries.invalidateQueries({ queryKey: staff.query.list.key() })
    },
  })
  return (
    <section className="panel">
      <h2>{t('staff.invites')}</h2>
      <ErrorNote error={withdraw.error} />
      <ul className="lines">
        {invites.map((invite) => (
          <li key={invite.id}>
            <div>
              <strong>{invite.name}</strong>
              <span className="soft">
                {t(`staff.role.${invite.role}`)} · {invite.email}
              </span>
              <span className="soft">
                {t(invite.expired ? 'staff.link_was_until' : 'staff.link_until')}{' '}
                <InstantText at={invite.expiresAt} exact />
              </span>
            </div>
            <QuietButton
              disabled={withdraw.isPending}
              aria-label={t('staff.withdraw_of', { name: invite.name })}
              onClick={() => withdraw.mutate({ id: invite.id })}
            >
              {t('staff.withdraw')}
            </QuietButton>
          </li>
        ))}
      </ul>
    </section>
  )
}

function scopeText(t: ReturnType<typeof useT>, row: Staff): string {
  if (row.scopeShopIds) return t('staff.some_shops', { count: row.scopeShopIds.length })
  return t(row.role === 'owner' ? 'staff.sees.all' : `staff.sees.${row.whose}`)
}
