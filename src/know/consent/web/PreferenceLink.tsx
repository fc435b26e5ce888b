import { useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { CopyField } from '#web/kit/CopyField.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { consent } from './consent-api.ts'

/** The address of the customer's own page, to be sent or shown; and of each yes that waits for the customer. */
export function PreferenceLink({ id }: { id: number }) {
  const t = useT()
  const links = useQuery(consent.query.link.queryOptions({ input: { id } }))
  return (
    <Loaded of={links} rows={1}>
      {({ path, confirms }) => (
        <div className="consent-links">
          <p className="soft">{t('consent.link_means')}</p>
          <CopyField value={`${location.origin}${path}`} label={t('consent.link')} />
          {confirms.map(({ channel, purpose, path }) => {
            const what = { channel: t(`consent.channel.${channel}`), purpose: t(`consent.purpose.${purpose}`) }
            return (
              <div key={`${channel} ${purpose}`}>
                <p className="soft">{t('consent.confirm_means', what)}</p>
                <CopyField value={`${location.origin}${path}`} label={t('consent.confirm_link', what)} />
              </div>
            )
          })}
        </div>
      )}
    </Loaded>
  )
}
