import { Button, Input, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { useT } from '#web/i18n.ts'
import { DayField } from '#web/kit/DayField.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { type How, hows } from '../contract.ts'
import { usePicks } from './use-picks.ts'

/** Decides by hand whether somebody is in a segment: how, why, and up to when. `children` choose whom, or which segment. */
export function PickForm(props: {
  customerId: number | undefined
  segmentId: number | undefined
  children: ReactNode
  onDone: () => void
}) {
  const { customerId, segmentId, children, onDone } = props
  const t = useT()
  const { pick } = usePicks()
  const [how, setHow] = useState<How>('in')
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState<string>()
  const ready = customerId !== undefined && segmentId !== undefined && reason.trim() !== ''
  return (
    <form
      className="pick-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (!ready) return
        // What is refused is told below.
        void pick
          .mutateAsync({ id: customerId, segmentId, how, reason: reason.trim(), ...(until ? { until } : {}) })
          .then(onDone, () => undefined)
      }}
    >
      {children}
      <Select
        aria-label={t('segments.pick_how')}
        value={how}
        onChange={setHow}
        options={hows.map((one) => ({ value: one, label: t(`segments.pick.${one}`) }))}
        popupMatchSelectWidth={false}
      />
      <Input
        aria-label={t('segments.pick_reason')}
        placeholder={t('segments.pick_reason')}
        value={reason}
        maxLength={300}
        onChange={(event) => setReason(event.target.value)}
      />
      <DayField label={t('segments.pick_until')} value={until} onChange={setUntil} />
      <Button type="primary" htmlType="submit" disabled={!ready} loading={pick.isPending}>
        {t('segments.pick')}
      </Button>
      <QuietButton onClick={onDone}>{t('web.cancel')}</QuietButton>
      <ErrorNote error={pick.error} />
    </form>
  )
}
