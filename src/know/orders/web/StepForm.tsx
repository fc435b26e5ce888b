import { AutoComplete, Button, DatePicker, Input } from 'antd'
import { useState } from 'react'
import { instantIn } from '#platform/days.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { Choices } from '#web/kit/Choices.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { useRemembered } from '#web/kit/remembered.ts'
import { useSession } from '#web/session.ts'
import type { OrderStepName } from '../contract.ts'
import { orderStepNames } from './choices.ts'

type Told = { step: OrderStepName; at?: string; carrier?: string; tracking?: string }

const carriers = {
  'zh-CN': ['顺丰', '京东物流', '中通', '圆通', '韵达', '申通', '极兔', '邮政 EMS'],
  'zh-TW': ['黑貓宅急便', '新竹物流', '中華郵政', '7-ELEVEN 超商取貨', '全家超商取貨', '順豐'],
  en: ['DHL', 'UPS', 'FedEx', 'Royal Mail', 'USPS', 'DPD'],
}

/** A step of an order's way: which, by whom, which parcel, when. Now, unless told. The last carrier stands there already. */
export function StepForm(props: {
  first: OrderStepName
  busy: boolean
  onTell: (told: Told) => void
  onCancel: () => void
}) {
  const t = useT()
  const { zone } = useSession().merchant
  const usual = carriers[useLocale() as keyof typeof carriers] ?? carriers.en
  const [step, setStep] = useState(props.first)
  const [last, setLast] = useRemembered('orders.carrier', '')
  const [carrier, setCarrier] = useState(props.first === 'shipped' ? last : '')
  const [tracking, setTracking] = useState('')
  const [at, setAt] = useState<string>()
  return (
    <form
      className="step-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (carrier.trim()) setLast(carrier.trim())
        props.onTell({ step, at, carrier: carrier.trim() || undefined, tracking: tracking.trim() || undefined })
      }}
    >
      <Choices
        wraps
        label={t('orders.which_step')}
        value={step}
        options={orderStepNames.map((one) => ({ value: one, label: t(`orders.step.${one}`) }))}
        onPick={setStep}
      />
      <AutoComplete
        aria-label={t('orders.carrier')}
        placeholder={t('orders.carrier')}
        value={carrier}
        onChange={setCarrier}
        maxLength={60}
        options={usual.filter((one) => !carrier || one.includes(carrier)).map((value) => ({ value }))}
      />
      <Input
        aria-label={t('orders.tracking')}
        placeholder={t('orders.tracking')}
        value={tracking}
        maxLength={80}
        autoComplete="off"
        onChange={(event) => setTracking(event.target.value)}
      />
      <DatePicker
        aria-label={t('orders.step_at')}
        showTime={{ format: 'HH:mm' }}
        placeholder={t('orders.now')}
        onChange={(picked) =>
          setAt(picked ? instantIn(zone, picked.format('YYYY-MM-DDTHH:mm:ss')).toISOString() : undefined)
        }
      />
      <div className="note-actions">
        <Button type="primary" htmlType="submit" loading={props.busy}>
          {t('orders.step_save')}
        </Button>
        <QuietButton onClick={props.onCancel}>{t('web.cancel')}</QuietButton>
      </div>
    </form>
  )
}
