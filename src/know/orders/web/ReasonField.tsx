import { Input } from 'antd'
import { useId } from 'react'
import { useT } from '#web/i18n.ts'

/** Why something goes back, or never came about: in the words of who says it, or none. */
export function ReasonField({ value, onChange }: { value: string; onChange: (reason: string) => void }) {
  const t = useT()
  const id = useId()
  return (
    <div className="reason-field">
      <label htmlFor={id} className="soft">
        {t('orders.reason_ask')}
      </label>
      <Input
        id={id}
        value={value}
        maxLength={500}
        placeholder={t('orders.reason_example')}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}
