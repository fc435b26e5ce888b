import { Button, Input } from 'antd'
import { useRef, useState } from 'react'
import { useT } from '../i18n.ts'

/**
 * A text to take along: shown, selected by a touch, copied by a button, on plain http too, where browsers give no clipboard.
 * @example <CopyField value={link} label={t('staff.link')} />
 */
export function CopyField({ value, label, rows }: { value: string; label: string; rows?: number }) {
  const t = useT()
  const place = useRef<HTMLDivElement>(null)
  const [copied, setCopied] = useState(false)

  async function copy() {
    place.current?.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea')?.select()
    try {
      if (navigator.clipboard) await navigator.clipboard.writeText(value)
      else document.execCommand('copy')
      setCopied(true)
    } catch {
      setCopied(false) // it stands selected; the person copies it
    }
  }

  const shown = { value, readOnly: true, 'aria-label': label, spellCheck: false }
  return (
    <>
      <div ref={place} className={rows ? 'copy-field tall' : 'copy-field'}>
        {rows ? (
          <Input.TextArea {...shown} rows={rows} onFocus={(event) => event.target.select()} />
        ) : (
          <Input {...shown} onFocus={(event) => event.target.select()} />
        )}
        <Button type={rows ? 'default' : 'primary'} onClick={() => void copy()}>
          {t('web.copy')}
        </Button>
      </div>
      <p className="soft copy-said" role="status">
        {copied && t('web.copied')}
      </p>
    </>
  )
}
