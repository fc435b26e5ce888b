import { Button, Input } from 'antd'
import { useState } from 'react'
import { PersonPicker } from '#know/customers/web/people.ts'
import { useT } from '#web/i18n.ts'
import { Choices } from '#web/kit/Choices.tsx'
import { DayField } from '#web/kit/DayField.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import type { ArrivalSaying } from '../contract.ts'
import { useWays } from './use-ways.ts'

export type Said = { wayId: number | null; campaign?: string; referredById?: number; on?: string }

/** Where a customer came from: one tap, and more where more is known. */
export function ArrivalForm(props: {
  id: number
  holds: ArrivalSaying | undefined
  busy: boolean
  onSay: (said: Said) => void
  onCancel: () => void
}) {
  const t = useT()
  const { offered } = useWays()
  const { holds } = props
  const [way, setWay] = useState(String(holds?.wayId ?? ''))
  const [campaign, setCampaign] = useState(holds?.campaign ?? '')
  const [referredById, setReferredById] = useState(holds?.referredBy?.id)
  const [on, setOn] = useState<string | undefined>(holds?.on)
  return (
    <form
      className="arrival-form"
      onSubmit={(event) => {
        event.preventDefault()
        props.onSay({ wayId: way ? Number(way) : null, campaign: campaign.trim() || undefined, referredById, on })
      }}
    >
      <Choices
        wraps
        label={t('arrivals.way')}
        value={way}
        options={[
          ...offered.map(({ id, name }) => ({ value: String(id), label: name })),
          { value: '', label: t('arrivals.no_way') },
        ]}
        onPick={setWay}
      />
      <Input
        aria-label={t('arrivals.campaign')}
        placeholder={t('arrivals.campaign')}
        value={campaign}
        maxLength={120}
        onChange={(event) => setCampaign(event.target.value)}
      />
      <PersonPicker
        label={t(referredById === undefined ? 'arrivals.referred_find' : 'arrivals.referred_by')}
        id={referredById}
        but={props.id}
        onPick={setReferredById}
      />
      <DayField label={t('arrivals.on')} value={on} onChange={setOn} />
      {!on && <p className="soft">{t('arrivals.on_first')}</p>}
      <div className="note-actions">
        <Button
          type="primary"
          htmlType="submit"
          loading={props.busy}
          disabled={!way && !campaign.trim() && referredById === undefined}
        >
          {t('web.save')}
        </Button>
        <QuietButton onClick={props.onCancel}>{t('web.cancel')}</QuietButton>
      </div>
    </form>
  )
}
