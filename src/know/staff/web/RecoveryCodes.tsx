import { Button } from 'antd'
import { useT } from '#web/i18n.ts'
import { CopyField } from '#web/kit/CopyField.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { useMerchant } from '#web/session.ts'

/** New recovery codes, shown once: to copy, to save as a file, to write down. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const t = useT()
  const merchant = useMerchant()?.name ?? 'Regulars'

  function save() {
    const text = `${merchant} · ${t('staff.recovery_codes')}\n\n${codes.join('\n')}\n`
    const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
    Object.assign(document.createElement('a'), { href: address, download: 'recovery-codes.txt' }).click()
    URL.revokeObjectURL(address)
  }

  return (
    <section aria-label={t('staff.recovery_codes')}>
      <h2>{t('staff.recovery_codes')}</h2>
      <p className="soft">{t('staff.recovery_codes_means')}</p>
      <CopyField value={codes.join('\n')} label={t('staff.recovery_codes')} rows={codes.length} />
      <div className="factor-acts">
        <Button type="primary" onClick={onKept}>
          {t('staff.recovery_codes_kept')}
        </Button>
        <QuietButton icon="download" onClick={save}>
          {t('staff.recovery_codes_save')}
        </QuietButton>
      </div>
    </section>
  )
}
