import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { Choices } from '#web/kit/Choices.tsx'
import type { Column } from '#web/kit/column.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { useKeyset } from '#web/kit/keyset.ts'
import { LedgerTable } from '#web/kit/LedgerTable.tsx'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { DayText } from '#web/kit/values.tsx'
import type { PrivacyRequest } from '../contract.ts'
import { rights } from './rights-api.ts'
import './rights.css'

/** What people asked for by law: what is open, by the day it is due; what was answered. */
export function PrivacyRequestsPage() {
  const t = useT()
  const [of, setOf] = useState<'open' | 'closed'>('open')
  const page = useKeyset('privacy', of)
  const list = useQuery({
    ...rights.query.list.queryOptions({ input: { of, limit: 20, after: page.after } }),
    placeholderData: keepPreviousData,
  })
  return (
    <PageFrame
      title={t('rights.title')}
      subtitle={t('rights.note')}
      back={{ to: '/settings', label: t('web.nav.settings') }}
      action={
        <LinkButton quiet to="/settings/privacy/rules">
          {t('rights.rules')}
        </LinkButton>
      }
    >
      <Choices
        label={t('rights.which')}
        value={of}
        options={[
          { value: 'open', label: t('rights.open') },
          { value: 'closed', label: t('rights.closed') },
        ]}
        onPick={setOf}
      />
      <LedgerTable
        name="privacy"
        label={t('rights.title')}
        columns={useColumns()}
        rows={list.data?.items as PrivacyRequest[] | undefined}
        rowKey={(row) => row.id}
        to={(row) => `/settings/privacy/${row.id}`}
        busy={list.isFetching}
        error={list.error}
        onAgain={list.refetch}
        page={page}
        next={list.data?.next}
        empty={<EmptyState title={t('rights.none')}>{t('rights.none_means')}</EmptyState>}
      />
    </PageFrame>
  )
}

function useColumns(): Column<PrivacyRequest>[] {
  const t = useT()
  return [
    { key: 'kind', title: t('rights.kind'), cell: (row) => t(`rights.kind.${row.kind}`) },
    { key: 'state', title: t('rights.state'), cell: (row) => t(`rights.state.${row.state}`), card: 'side' },
    { key: 'who', title: t('rights.who'), cell: (row) => row.customer ?? `#${row.customerId}`, card: 'half' },
    { key: 'law', title: t('rights.law'), cell: (row) => t(`rights.law.${row.law}`), card: 'half' },
    { key: 'asked', title: t('rights.asked_on'), cell: (row) => <DayText day={row.askedOn} />, card: 'half' },
    { key: 'due', title: t('rights.due_on'), cell: (row) => <DayText day={row.dueOn} />, card: 'half' },
  ]
}
