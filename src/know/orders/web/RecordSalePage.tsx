import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { shopsContract } from '#know/shops/contract.ts'
import { apiOf } from '#web/api.ts'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { useRemembered } from '#web/kit/remembered.ts'
import { Money } from '#web/kit/values.tsx'
import { useView } from '#web/place.ts'
import { useSession } from '#web/session.ts'
import { CustomerPicker } from './CustomerPicker.tsx'
import { DraftLines } from './DraftLines.tsx'
import { orders } from './orders-api.ts'
import { ProductPicker } from './ProductPicker.tsx'
import { type SaleDetails, SaleDetailsFields } from './SaleDetailsFields.tsx'
import { type DraftLine, draftTotal, linesToSend, withOther, withProduct } from './sale-draft.ts'
import './orders.css'

const shops = apiOf('shops', shopsContract)

/** A sale at the counter, on a phone: who, what, done. */
export function RecordSalePage() {
  const t = useT()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { currency } = useSession().merchant
  const [view, setView] = useView({ customer: '' })
  const [lines, setLines] = useState<DraftLine[]>([])
  const [details, setDetails] = useState<SaleDetails>({ number: '', unpaid: false })
  const [shop, setShop] = useRemembered<number | undefined>('orders.shop', undefined)
  const [tried, setTried] = useState(false)
  const shopList = useQuery(shops.query.list.queryOptions({ input: {} }))
  const open = (shopList.data?.items ?? []).filter((one) => !one.archived)
  const shopId = open.some((one) => one.id === shop) ? shop : open[0]?.id
  const sent = linesToSend(lines, currency)

  const noShop = shopList.isSuccess && shopId === undefined
  const incomplete = lines.length === 0 ? 'orders.no_lines' : 'orders.line_incomplete'
  const problem = noShop ? 'orders.no_shop' : tried && !sent ? incomplete : undefined

  const record = useMutation({
    ...orders.query.record.mutationOptions(),
    onSuccess(order) {
      notify(t('orders.was_recorded'))
      void navigate({ to: `/orders/${order.id}`, replace: true })
      return queries.invalidateQueries({ queryKey: orders.query.key() })
    },
  })
  function done() {
    setTried(true)
    if (!sent || shopId === undefined) return
    record.mutate({
      shopId,
      customerId: view.customer ? Number(view.customer) : undefined,
      number: details.number.trim() || undefined,
      placedAt: details.placedAt,
      status: details.unpaid ? 'open' : 'completed',
      lines: sent,
    })
  }

  return (
    <PageFrame title={t('orders.record')} back={{ to: '/orders', label: t('orders.title') }} narrow>
      <section className="panel">
        <h2>{t('orders.customer')}</h2>
        <CustomerPicker
          id={view.customer ? Number(view.customer) : undefined}
          onPick={(id) => setView({ customer: id ? String(id) : '' })}
        />
      </section>
      <section className="panel">
        <h2>{t('orders.lines')}</h2>
        <DraftLines lines={lines} onChange={setLines} />
        <ProductPicker onPick={(product) => setLines(withProduct(lines, product))} />
        <div className="note-actions">
          {(['goods', 'postage', 'discount'] as const).map((kind) => (
            <QuietButton
              key={kind}
              icon="add"
              onClick={() => setLines(withOther(lines, kind, kind === 'goods' ? '' : t(`catalog.kind.${kind}`)))}
            >
              {t(`orders.add_${kind}`)}
            </QuietButton>
          ))}
        </div>
      </section>
      <SaleDetailsFields details={details} onChange={setDetails} shops={open} shopId={shopId} onShop={setShop} />
      <ErrorNote error={record.error ?? shopList.error} />
      <div className="save-bar">
        <span className="sale-total">
          {t('orders.total')} <Money minor={draftTotal(lines, currency)} />
          {problem && <small role="alert">{t(problem)}</small>}
        </span>
        <Button type="primary" size="large" loading={record.isPending} onClick={done}>
          {t('orders.done')}
        </Button>
      </div>
    </PageFrame>
  )
}
