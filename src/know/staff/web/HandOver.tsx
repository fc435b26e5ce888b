import { useT } from '#web/i18n.ts'
import { CopyField } from '#web/kit/CopyField.tsx'
import { InstantText } from '#web/kit/values.tsx'
import type { HandedLink } from '../contract.ts'

/** A link to hand over, shown once. */
export function HandOver({ link, name }: { link: HandedLink; name: string }) {
  const t = useT()
  return (
    <section className="hand-over" aria-label={t('staff.link')}>
      <h2>{t('staff.hand_over', { name })}</h2>
      <p className="soft">{t('staff.hand_over_means')}</p>
      <CopyField value={`${location.origin}${link.address}`} label={t('staff.link')} />
      <p className="soft">
        {t('staff.link_until')} <InstantText at={link.expiresAt} exact />
      </p>
    </section>
  )
}
