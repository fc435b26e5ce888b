import { useLocale, useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { sizeText } from '#web/kit/formats.ts'
import { Icon } from '#web/kit/icon.tsx'
import { ProgressLine } from '#web/kit/ProgressLine.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { dropUpload, type Upload, useUploads } from './uploads.ts'

/** Files on their way in, each with how far it is, and those that were refused with the reason. */
export function Uploads() {
  const t = useT()
  const uploads = useUploads()
  if (uploads.length === 0) return null
  return (
    <ul className="uploads" aria-label={t('exchange.page.uploads')}>
      {uploads.map((one) => (
        <li key={one.key}>{one.state === 'failed' ? <Refused one={one} /> : <Sending one={one} />}</li>
      ))}
    </ul>
  )
}

function Sending({ one }: { one: Upload }) {
  const t = useT()
  const locale = useLocale()
  const arrived = one.sent >= one.size
  const left = one.rate > 0 ? (one.size - one.sent) / one.rate : undefined
  return (
    <div className="upload">
      <ProgressLine
        what={t(arrived ? 'exchange.page.looking' : 'exchange.page.uploading', { name: one.name })}
        share={one.state === 'waiting' ? 0 : one.sent / one.size}
        amount={t('exchange.page.sent_of', { sent: sizeText(locale, one.sent), size: sizeText(locale, one.size) })}
        pace={one.rate > 0 ? t('exchange.page.per_second', { size: sizeText(locale, one.rate) }) : undefined}
        secondsLeft={arrived ? undefined : left}
      />
      <QuietButton onClick={() => dropUpload(one.key)}>{t('exchange.page.stop_upload')}</QuietButton>
    </div>
  )
}

function Refused({ one }: { one: Upload }) {
  const t = useT()
  return (
    <div className="upload">
      {one.refused ? (
        <div className="note error" role="alert">
          <Icon name="warning" />
          <p>{t(`exchange.page.file_${one.refused}`, { name: one.name })}</p>
        </div>
      ) : (
        <ErrorNote error={one.error} />
      )}
      <QuietButton icon="close" onClick={() => dropUpload(one.key)}>
        {t('exchange.page.dismiss', { name: one.name })}
      </QuietButton>
    </div>
  )
}
