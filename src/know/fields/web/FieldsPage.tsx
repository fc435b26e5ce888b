import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { LedgerTable } from '#web/kit/LedgerTable.tsx'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { Absent } from '#web/kit/values.tsx'
import type { OwnField } from '../contract.ts'
import { fields } from './fields-api.ts'

/** What this shop asks of people beside what every shop does, in the order in which it is shown. */
export function FieldsPage() {
  const t = useT()
  const queries = useQueryClient()
  const list = useQuery(fields.query.list.queryOptions({ input: {} }))
  const up = useMutation({
    mutationFn: ({ field, place }: { field: OwnField; place: number }) =>
      fields.call.edit({ id: field.id, place }, { context: { ifMatch: field.version } }),
    onSettled: () => queries.invalidateQueries({ queryKey: fields.query.key() }),
  })
  const rows = list.data?.items as OwnField[] | undefined
  const add = <LinkButton to="/settings/fields/new">{t('fields.add')}</LinkButton>
  return (
    <PageFrame
      title={t('fields.title')}
      subtitle={t('fields.note')}
      back={{ to: '/settings', label: t('web.nav.settings') }}
      action={add}
    >
      <ErrorNote error={up.error} />
      <LedgerTable<OwnField>
        name="fields"
        label={t('fields.title')}
        rows={rows}
        rowKey={(field) => field.id}
        to={(field) => `/settings/fields/${field.id}`}
        error={list.error}
        onAgain={list.refetch}
        columns={[
          { key: 'name', title: t('fields.name'), cell: (field) => field.name },
          { key: 'kind', title: t('fields.kind'), card: 'half', cell: (field) => t(`fields.kind.${field.kind}`) },
          {
            key: 'choices',
            title: t('fields.choices'),
            card: 'full',
            cell: (field) => (field.choices.length ? field.choices.map(({ name }) => name).join(', ') : <Absent />),
          },
          {
            key: 'sensitive',
            title: t('fields.sensitive'),
            card: 'half',
            cell: (field) => t(field.sensitive ? 'fields.yes' : 'fields.no'),
          },
          {
            key: 'up',
            title: t('fields.order'),
            card: 'half',
            cell: (field) => {
              const at = rows!.indexOf(field)
              return at === 0 ? (
                <Absent />
              ) : (
                <QuietButton
                  icon="up"
                  disabled={up.isPending}
                  aria-label={t('fields.move_up', { name: field.name })}
                  onClick={(event) => {
                    event.stopPropagation()
                    up.mutate({ field, place: at })
                  }}
                />
              )
            },
          },
        ]}
        empty={
          <EmptyState title={t('fields.empty')} example={t('fields.empty_example')} action={add}>
            {t('fields.empty_means')}
          </EmptyState>
        }
      />
    </PageFrame>
  )
}
