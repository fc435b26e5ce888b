import { Button } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { Money } from '#web/kit/values.tsx'
import type { NewCancellation, Order, OrderLine } from '../contract.ts'
import { QuantityField } from './QuantityField.tsx'
import { ReasonField } from './ReasonField.tsx'
import { allLeft, type Chosen, isAll, linesOf, moneyBack } from './refund-plan.ts'

/** Which lines go back and how many of each; what that makes in money is shown before it is done. */
export function RefundForm(props: {
  sale: Order
  busy: boolean
  error: unknown
  onRefund: (lines: NewCancellation['lines'], reason: string | undefined) => void
}) {
  const { sale } = props
  const t = useT()
  const [chosen, setChosen] = useState<Chosen>({})
  const [reason, setReason] = useState('')
  const offered = sale.lines.filter(({ left }) => left && left.quantity !== 0)
  const goods = offered.filter((line) => line.goods)
  const others = offered.filter((line) => !line.goods)
  const any = Object.values(chosen).some(Boolean)
  const choose = (line: OrderLine) => ({
    line,
    quantity: chosen[line.line] ?? 0,
    onChange: (quantity: number | undefined) => setChosen({ ...chosen, [line.line]: quantity }),
  })
  if (offered.length === 0) {
    return <EmptyState title={t('orders.nothing_to_give_back')}>{t('orders.nothing_to_give_back_means')}</EmptyState>
  }
  return (
    <>
      <p className="soft">{t('orders.refund_means')}</p>
      <QuietButton disabled={isAll(sale, chosen)} onClick={() => setChosen(allLeft(sale))}>
        {t('orders.choose_all')}
      </QuietButton>
      <ul className="draft-lines">
        {goods.map((line) => (
          <RefundLine key={line.line} {...choose(line)} />
        ))}
      </ul>
      {others.length > 0 && (
        <>
          <h2>{t('orders.not_goods')}</h2>
          <ul className="draft-lines">
            {others.map((line) => (
              <RefundLine key={line.line} {...choose(line)} />
            ))}
          </ul>
        </>
      )}
      <ReasonField value={reason} onChange={setReason} />
      <ErrorNote error={props.error} />
      <div className="save-bar">
        <span className="sale-total">
          {t('orders.money_back')} <Money minor={any ? moneyBack(sale, chosen) : 0} />
        </span>
        <Button
          type="primary"
          size="large"
          disabled={!any}
          loading={props.busy}
          onClick={() => props.onRefund(linesOf(sale, chosen), reason.trim() || undefined)}
        >
          {t('orders.refund_now')}
        </Button>
      </div>
    </>
  )
}

function RefundLine(props: { line: OrderLine; quantity: number; onChange: (quantity: number | undefined) => void }) {
  const { line } = props
  const t = useT()
  const name = line.name ?? line.product?.code ?? t(`catalog.kind.${line.kind}`)
  const left = Math.abs(line.left?.quantity ?? 0)
  return (
    <li className="draft-line refund-line">
      <div className="draft-name">
        {name}
        <span className="soft">
          {t('orders.left_of', { left })} · <Money minor={line.left?.amount} />
        </span>
      </div>
      <QuantityField
        label={t('orders.quantity_of', { name })}
        value={props.quantity}
        max={left}
        onChange={props.onChange}
      />
    </li>
  )
}
