import { Checkbox, DatePicker, Input, Select } from 'antd'
import { useId } from 'react'
import { instantIn } from '#platform/days.ts'
import { useT } from '#web/i18n.ts'
import { useSession } from '#web/session.ts'

/** What a sale needs only sometimes. `placedAt` is an instant, ISO 8601; absent is now. */
export type SaleDetails = { number: string; placedAt?: string; unpaid: boolean }

/** Shop, time, number, and whether it is paid: folded away, because now, here and paid is the rule. */
export function SaleDetailsFields(props: {
  details: SaleDetails
  onChange: (details: SaleDetails) => void
  shops: { id: number; name: string }[]
  shopId: number | undefined
  onShop: (id: number) => void
}) {
  const { details, onChange } = props
  const t = useT()
  const id = useId()
  const { zone } = useSession().merchant
  // The picker speaks of the browser's zone; what was picked is meant as the shop's wall clock.
  const pick = (picked: { format(pattern: string): string } | null) =>
    onChange({
      ...details,
      placedAt: picked ? instantIn(zone, picked.format('YYYY-MM-DDTHH:mm:ss')).toISOString() : undefined,
    })
  return (
    <details className="panel sale-details">
      <summary>{t('orders.details')}</summary>
      {props.shops.length > 1 && (
        <>
          <label htmlFor={`${id}shop`}>{t('orders.shop')}</label>
          <Select
            id={`${id}shop`}
            value={props.shopId}
            options={props.shops.map((shop) => ({ value: shop.id, label: shop.name }))}
            onChange={props.onShop}
          />
        </>
      )}
      <label htmlFor={`${id}at`}>{t('orders.placed')}</label>
      <DatePicker id={`${id}at`} showTime={{ format: 'HH:mm' }} placeholder={t('orders.now')} onChange={pick} />
      <label htmlFor={`${id}number`}>{t('orders.number')}</label>
      <Input
        id={`${id}number`}
        value={details.number}
        maxLength={64}
        placeholder={t('orders.number_made')}
        onChange={(event) => onChange({ ...details, number: event.target.value })}
      />
      <Checkbox checked={details.unpaid} onChange={(event) => onChange({ ...details, unpaid: event.target.checked })}>
        {t('orders.unpaid')}
      </Checkbox>
    </details>
  )
}
