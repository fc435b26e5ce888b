import { type DragEvent, useState } from 'react'
import { useT } from '#web/i18n.ts'
import { Icon } from '#web/kit/icon.tsx'
import './exchange.css'

/** Takes files by dropping them or by choosing them; the whole zone is the button. */
export function FileDrop({ onFiles }: { onFiles: (files: File[]) => void }) {
  const t = useT()
  const [over, setOver] = useState(false)
  const hover = (event: DragEvent) => {
    event.preventDefault()
    setOver(true)
  }
  return (
    <label
      className={over ? 'drop over' : 'drop'}
      onDragEnter={hover}
      onDragOver={hover}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const files = [...event.dataTransfer.files]
        if (files.length > 0) onFiles(files)
      }}
    >
      <input
        type="file"
        className="sr-only"
        multiple
        accept=".csv,.tsv,.txt,.xlsx,.gz,text/csv"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          if (files.length > 0) onFiles(files)
        }}
      />
      <Icon name="import" size={28} />
      <span>
        <strong>{t('exchange.page.choose')}</strong>
        <span className="drop-hint">{t('exchange.page.drop')}</span>
        <span className="soft">{t('exchange.page.formats')}</span>
      </span>
    </label>
  )
}
