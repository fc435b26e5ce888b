import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { useId } from '#web/place.ts'
import { orders } from './orders-api.ts'
import { RefundForm } from './RefundForm.tsx'
import './orders.css'

/** Gives a sale back, whole or in part. */
export function RefundPage() {
  const id = useId()
  const t = useT()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const sale = useQuery(orders.query.get.queryOptions({ input: { id } }))
  const refund = useMutation({
    ...orders.query.cancel.mutationOptions(),
    onSuccess() {
      notify(t('orders.was_given_back'))
      void navigate({ to: `/orders/${id}`, replace: true })
    },
    // Also when refused: somebody at another counter may just have given it back.
    onSettled: () => queries.invalidateQueries({ queryKey: orders.query.key() }),
  })
  return (
    <PageFrame
      title={t('orders.refund')}
      subtitle={sale.data && t('orders.order_number', { number: sale.data.number })}
      back={{ to: `/orders/${id}`, label: t('orders.order') }}
      narrow
    >
      <Loaded of={sale}>
        {(sale) => (
          <RefundForm
            key={sale.net}
            sale={sale}
            busy={refund.isPending}
            error={refund.error}
            onRefund={(lines, reason) => refund.mutate({ id, lines, reason })}
          />
        )}
      </Loaded>
    </PageFrame>
  )
}
