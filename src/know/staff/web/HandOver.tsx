import { Button, Input } from 'antd'
import { useRef, useState } from 'react'
import { useT } from '#web/i18n.ts'
import { InstantText } from '#web/kit/values.tsx'
import type { HandedLink } from '../contract.ts'

/** A link to hand over, shown once. Copying works on plain http too, where browsers give no clipboard. */
export function HandOver({ link, name }: { link: HandedLink; name: string }) {
  const t = useT()
  const place = useRef<HTMLDivElement>(null)
  const [copied, setCopied] = useState(false)
  const address = `${location.origin}${link.address}`

  async function copy() {
    const input = place.current?.querySelector('input')
    input?.select()
    try {
      if (navigator.clipboard) await navigator.clipboard.writeText(address)
      else document.execCommand('copy')
      setCopied(true)
    } catch {
      setCopied(false) // the address stands selected; the person copies it
    }
  }

  return (
    <section className="hand-over" aria-label={t('staff.link')}>
      <h2>{t('staff.hand_over', { name })}</h2>
      <p className="soft">{t('staff.hand_over_means')}</p>
      <div ref={place} className="hand-over-line">
        <Input value={address} readOnly aria-label={t('staff.link')} onFocus={(event) => event.target.select()} />
        <Button type="primary" onClick={() => void copy()}>
          {t('staff.copy')}
        </Button>
      </div>
      <p className="soft" role="status">
        {copied && `${t('staff.copied')} `}
        {t('staff.link_until')} <InstantText at={link.expiresAt} exact />
      </p>
    </section>
  )
}
