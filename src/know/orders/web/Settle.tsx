import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { Bubble } from '#web/kit/bubble.tsx'
import { ConflictNote } from '#web/kit/ConflictNote.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { notify } from '#web/kit/notice.tsx'
import { problemOf } from '#web/problem-error.ts'
import type { Order } from '../contract.ts'
import { orders } from './orders-api.ts'
import { ReasonField } from './ReasonField.tsx'

/** An open order waits for its money: it comes, or the order is void. */
export function Settle({ order }: { order: Order }) {
  const t = useT()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const changed = () => queries.invalidateQueries({ queryKey: orders.query.key() })
  const settle = useMutation({
    ...orders.query.settle.mutationOptions({ context: { ifMatch: order.version } }),
    onSuccess(after) {
      notify(t(after.status === 'void' ? 'orders.was_voided' : 'orders.was_completed'))
      return changed()
    },
  })
  const stale = settle.error !== null && problemOf(settle.error).status === 412
  return (
    <div className="settle">
      <p>{t('orders.open_means')}</p>
      <Button loading={settle.isPending} onClick={() => settle.mutate({ id: order.id, status: 'completed' })}>
        {t('orders.complete')}
      </Button>
      <Bubble button={t('orders.void')}>
        <p>{t('orders.void_means')}</p>
        <ReasonField value={reason} onChange={setReason} />
        <div className="note-actions">
          <Button
            danger
            onClick={() => settle.mutate({ id: order.id, status: 'void', reason: reason.trim() || undefined })}
          >
            {t('orders.void_now')}
          </Button>
        </div>
      </Bubble>
      <ConflictNote error={settle.error} onLoad={changed} />
      <ErrorNote error={stale ? undefined : settle.error} />
    </div>
  )
}
