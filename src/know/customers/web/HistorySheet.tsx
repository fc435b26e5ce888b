import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { Waiting } from '#web/kit/Waiting.tsx'
import { useMay } from '#web/session.ts'
import type { CustomerChange, CustomerPage } from '../contract.ts'
import { useCustomerEdits } from './customer-edits.ts'
import { customers } from './customers-api.ts'
import { useFieldWords } from './field-words.ts'
import { Told } from './Told.tsx'

/** Who said what of a customer, and what stood before; each change can be taken back. */
export function HistorySheet({
  customer,
  open,
  onClose,
}: {
  customer: CustomerPage
  open: boolean
  onClose: () => void
}) {
  const t = useT()
  const words = useFieldWords()
  const sheet = useRef<HTMLDialogElement>(null)
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
  useEffect(() => {
    if (open && !sheet.current?.open) sheet.current?.showModal()
    if (!open) sheet.current?.close()
  }, [open])
  // The browser's own dialog: it keeps the focus, closes on Esc, and injects no style that the page's policy would refuse.
  return (
    <dialog ref={sheet} className="sheet" aria-labelledby="history" onClose={onClose} closedby="any">
      <header>
        <h2 id="history">{t('customers.history')}</h2>
        <QuietButton icon="close" onClick={onClose}>
          {t('web.close')}
        </QuietButton>
      </header>
      {!changes && (list.error ? <ErrorNote error={list.error} again={list.refetch} /> : <Waiting rows={4} />)}
      {changes?.length === 0 && <p className="soft">{t('customers.no_history')}</p>}
      <ErrorNote error={edits.error} />
      {edits.conflict && <p role="alert">{t('customers.history_moved')}</p>}
      <ul className="says">
        {changes?.map((change) => (
          <li key={change.id}>
            <span>
              {words.label(change.field)}: {change.old !== null && <del>{words.text(change.field, change.old)}</del>} →{' '}
              <strong>{change.new === null ? t('customers.removed') : words.text(change.field, change.new)}</strong>
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
    </dialog>
  )
}
