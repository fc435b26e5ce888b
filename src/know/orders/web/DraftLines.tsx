import { Input } from 'antd'
import { useT } from '#web/i18n.ts'
import { MoneyField } from '#web/kit/MoneyField.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { Money } from '#web/kit/values.tsx'
import { useMerchant } from '#web/session.ts'
import { QuantityField } from './QuantityField.tsx'
import { type DraftLine, draftAmount, withLine, withoutLine } from './sale-draft.ts'

/** The lines of a sale that is being recorded; quantity and price can be changed, a line taken off. */
export function DraftLines(props: { lines: DraftLine[]; onChange: (lines: DraftLine[]) => void }) {
  const t = useT()
  const currency = useMerchant()?.currency ?? 'CNY'
  const change = (key: number, fields: Partial<DraftLine>) => props.onChange(withLine(props.lines, key, fields))
  return (
    <ul className="draft-lines">
      {props.lines.map((line) => {
        const amount = draftAmount(line, currency)
        return (
          <li key={line.key} className="draft-line">
            <div className="draft-name">
              {line.productId ? (
                line.name
              ) : (
                <Input
                  aria-label={t('orders.line_name')}
                  value={line.name}
                  maxLength={300}
                  onChange={(event) => change(line.key, { name: event.target.value })}
                />
              )}
              {line.kind !== 'goods' && line.name !== t(`catalog.kind.${line.kind}`) && (
                <span className="soft">{t(`catalog.kind.${line.kind}`)}</span>
              )}
            </div>
            <QuantityField
              label={t('orders.quantity_of', { name: line.name })}
              value={line.quantity}
              onChange={(quantity) => change(line.key, { quantity })}
            />
            <MoneyField
              label={t('orders.price_of', { name: line.name })}
              value={line.price}
              onChange={(price) => change(line.key, { price })}
            />
            <span className="draft-amount">
              <Money minor={amount} />
            </span>
            <QuietButton
              icon="close"
              className="draft-off"
              aria-label={t('orders.take_off', { name: line.name })}
              onClick={() => props.onChange(withoutLine(props.lines, line.key))}
            />
          </li>
        )
      })}
    </ul>
  )
}
