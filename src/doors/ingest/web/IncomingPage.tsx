import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { useMay } from '#web/session.ts'
import { Drops } from './Drops.tsx'
import { ingest } from './ingest-api.ts'
import { LatestMessages } from './LatestMessages.tsx'
import { Rates } from './Rates.tsx'
import { WriteKeys } from './WriteKeys.tsx'
import './ingest.css'

/** What comes in from shops and tills, as it comes: how much, what, what could not be used and why; and by which keys. */
export function IncomingPage() {
  const t = useT()
  const mayEdit = useMay()('ingest.edit')
  const live = useQuery(
    ingest.query.live.queryOptions({ input: {}, refetchInterval: 2_000, placeholderData: keepPreviousData }),
  )
  const keys = useQuery(ingest.query.keys.queryOptions({ input: {} }))
  return (
    <PageFrame
      title={t('ingest.title')}
      subtitle={t('ingest.title_note')}
      back={{ to: '/settings', label: t('web.nav.settings') }}
      action={mayEdit && <LinkButton to="/settings/incoming/new-key">{t('ingest.make')}</LinkButton>}
    >
      <Loaded of={keys}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('ingest.none')} example={<code>POST {location.origin}/v1/track</code>}>
              {t('ingest.none_means')}
            </EmptyState>
          ) : (
            <>
              <Loaded of={live}>
                {(live) => (
                  <>
                    <Rates of={live} />
                    <LatestMessages of={live.messages} />
                    <Drops of={live.drops} mayEdit={mayEdit} />
                  </>
                )}
              </Loaded>
              <WriteKeys of={items} mayEdit={mayEdit} />
            </>
          )
        }
      </Loaded>
    </PageFrame>
  )
}
