import { useInfiniteQuery } from '@tanstack/react-query'
import { Drawer } from 'antd'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { usePhone } from '#web/kit/phone.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { Waiting } from '#web/kit/Waiting.tsx'
import { useMay } from '#web/session.ts'
import type { CustomerChange, CustomerPage } from '../contract.ts'
import { useCustomerEdits } from './customer-edits.ts'
import { customers } from './customers-api.ts'
import { Told } from './Told.tsx'
import { valueText } from './value-text.ts'

/** Who said what of a customer, and what stood before; each change can be taken back. */
export function HistoryDrawer({
  customer,
  open,
  onClose,
}: {
  customer: CustomerPage
  open: boolean
  onClose: () => void
}) {
  const t = useT()
  const phone = usePhone()
  const mayEdit = useMay()('customers.edit')
  const edits = useCustomerEdits(customer.id)
  const list = useInfiniteQuery({
    ...customers.query.changes.infiniteOptions({
      input: (after: string | undefined) => ({ id: customer.id, limit: 20, after }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.next,
    }),
    enabled: open,
  })
  const changes = list.data?.pages.flatMap((page) => page.items) as CustomerChange[] | undefined
  const undo = (changeId: number) =>
    void edits.make(
      async (context) => (await customers.call.undo({ id: customer.id, changeId }, { context })) as CustomerPage,
      customer,
    )
  return (
    <Drawer title={t('customers.history')} open={open} onClose={onClose} size={phone ? '100%' : 480}>
      {!changes && (list.error ? <ErrorNote error={list.error} again={list.refetch} /> : <Waiting rows={4} />)}
      {changes?.length === 0 && <p className="soft">{t('customers.no_history')}</p>}
      <ErrorNote error={edits.error} />
      {edits.conflict && <p role="alert">{t('customers.history_moved')}</p>}
      <ul className="says">
        {changes?.map((change) => (
          <li key={change.id}>
            <span>
              {t(`customers.field.${change.field}`)}:{' '}
              {change.old !== null && <del>{valueText(t, change.field, change.old)}</del>} →{' '}
              <strong>{change.new === null ? t('customers.removed') : valueText(t, change.field, change.new)}</strong>
            </span>
            <Told of={change} />
            {mayEdit && (
              <QuietButton disabled={edits.saving} onClick={() => undo(change.id)}>
                {t('customers.undo_change')}
              </QuietButton>
            )}
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <QuietButton disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('customers.older')}
        </QuietButton>
      )}
    </Drawer>
  )
}
