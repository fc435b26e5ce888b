import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import type { OwnIdentifier } from '../contract.ts'

/** Phones and addresses of the shop itself: whoever has one is staff or a test. */
export function OwnIdentifiers({ own, onChange }: { own: OwnIdentifier[]; onChange: (own: OwnIdentifier[]) => void }) {
  const t = useT()
  const [value, setValue] = useState('')
  const [mark, setMark] = useState<OwnIdentifier['mark']>('staff')
  const marks = (['staff', 'test'] as const).map((one) => ({ value: one, label: t(`identity.mark.${one}`) }))
  function add() {
    const text = value.trim()
    if (!text) return
    const kind = text.includes('@') ? ('email' as const) : ('phone' as const)
    onChange([...own.filter((one) => one.value !== text), { kind, value: text, mark }])
    setValue('')
  }
  return (
    <section className="panel">
      <h2>{t('identity.own')}</h2>
      <p className="soft">{t('identity.own_means')}</p>
      <ul className="own-identifiers">
        {own.map((one) => (
          <li key={one.value}>
            <span>{one.value}</span>
            <span className="soft">{t(`identity.mark.${one.mark}`)}</span>
            <QuietButton
              aria-label={t('identity.own_remove', { value: one.value })}
              onClick={() => onChange(own.filter((other) => other !== one))}
            >
              {t('identity.remove')}
            </QuietButton>
          </li>
        ))}
      </ul>
      <div className="own-add">
        <Input
          aria-label={t('identity.own_value')}
          placeholder={t('identity.own_value')}
          autoComplete="off"
          maxLength={254}
          value={value}
          onChange={(event) => setValue(event.target.value)}
          onPressEnter={(event) => {
            event.preventDefault()
            add()
          }}
        />
        <Select aria-label={t('identity.own_mark')} value={mark} onChange={setMark} options={marks} />
        <Button onClick={add} disabled={!value.trim()}>
          {t('identity.own_add')}
        </Button>
      </div>
    </section>
  )
}
