import { Link } from '@tanstack/react-router'
import { minorDigits } from '#platform/money.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { countText } from '#web/kit/formats.ts'
import { Money } from '#web/kit/values.tsx'
import { useMerchant } from '#web/session.ts'
import type { Order, OrderLine } from '../contract.ts'
import './orders.css'

/** The lines of a document: goods first, then what is no goods (postage, fees, discounts, adjustments), then the sum. */
export function OrderLines({ order }: { order: Pick<Order, 'lines' | 'amount'> }) {
  const t = useT()
  const goods = order.lines.filter((line) => line.goods)
  const others = order.lines.filter((line) => !line.goods)
  return (
    <table className="order-lines">
      <caption className="sr-only">{t('orders.lines')}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{t('orders.line_name')}</th>
          <th scope="col">{t('orders.quantity')}</th>
          <th scope="col">{t('orders.amount')}</th>
        </tr>
      </thead>
      <tbody>
        {goods.map((line) => (
          <LineRow key={line.line} line={line} />
        ))}
      </tbody>
      {others.length > 0 && (
        <tbody>
          <tr>
            <th scope="rowgroup" colSpan={3} className="soft">
              {t('orders.not_goods')}
            </th>
          </tr>
          {others.map((line) => (
            <LineRow key={line.line} line={line} />
          ))}
        </tbody>
      )}
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            {t('orders.total')}
          </th>
          <td>
            <Money minor={order.amount} />
          </td>
        </tr>
      </tfoot>
    </table>
  )
}

function LineRow({ line }: { line: OrderLine }) {
  const t = useT()
  const locale = useLocale()
  const currency = useMerchant()?.currency ?? 'CNY'
  const named = line.name ?? line.product?.code ?? t(`catalog.kind.${line.kind}`)
  const back = line.left && Math.abs(line.quantity) - Math.abs(line.left.quantity)
  return (
    <tr>
      <td>
        {line.product ? <Link to={`/products/${line.product.id}`}>{named}</Link> : named}
        <div className="soft">
          {[line.product?.code, line.goods ? undefined : t(`catalog.kind.${line.kind}`)]
            .filter((part) => part && part !== named)
            .join(' · ')}
        </div>
        {Boolean(back) && <div className="soft">{t('orders.line_given_back', { count: exact(back!) })}</div>}
      </td>
      <td className="number">
        {exact(line.quantity)} × {priceText(line.unitPrice)}
      </td>
      <td>
        <Money minor={line.amount} />
      </td>
    </tr>
  )

  // A price may be finer than the currency's smallest coin: a tenth of a penny for each of a thousand.
  function priceText(price: string): string {
    const decimals = price.split('.')[1]?.length ?? 0
    return countText(locale, Number(price), Math.max(decimals, minorDigits(currency)))
  }

  function exact(quantity: number): string {
    return countText(locale, quantity, String(quantity).split('.')[1]?.length ?? 0)
  }
}
