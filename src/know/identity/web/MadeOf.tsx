import { useMutation, useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { useMay } from '#web/session.ts'
import type { TiedProfile } from '../contract.ts'
import { useChanged } from './changed.ts'
import { identity } from './identity-api.ts'

/** Each source's profile and why it is here; one that is somebody else's becomes a customer of its own, and that can be undone. */
export function MadeOf({ id }: { id: number }) {
  const t = useT()
  const mayEdit = useMay()('customers.edit')
  const changed = useChanged()
  const list = useQuery(identity.query.profiles.queryOptions({ input: { id } }))
  const together = useMutation({ ...identity.query.merge.mutationOptions(), onSuccess: changed })
  const split = useMutation({
    ...identity.query.split.mutationOptions(),
    async onSuccess({ customerId }) {
      notify(t('identity.was_split'), { undo: () => together.mutate({ id, from: [customerId] }) })
      await changed()
    },
  })
  const unclaim = useMutation({
    ...identity.query.unclaim.mutationOptions(),
    async onSuccess() {
      notify(t('identity.was_unclaimed'))
      await changed()
    },
  })
  return (
    <>
      <h3>{t('identity.profiles')}</h3>
      <Loaded of={list} rows={1}>
        {({ items }) => (
          <ul className="made-of">
            {(items as TiedProfile[]).map((profile) => (
              <li key={profile.id}>
                <span>
                  {profile.source} <span className="soft">{shownId(profile.externalId)}</span>
                </span>
                <span className="soft">
                  {profile.claimed
                    ? t('identity.profile_claimed')
                    : profile.ties.length > 0 &&
                      t('identity.profiles_tied', {
                        kinds: profile.ties.map((kind) => t(`customers.field.${kind}`)).join(t('identity.and')),
                      })}
                </span>
                {mayEdit && profile.mayLeave && (
                  <QuietButton
                    aria-label={t('identity.split_this', { name: `${profile.source} ${shownId(profile.externalId)}` })}
                    disabled={split.isPending}
                    onClick={() => split.mutate({ id, profileIds: [profile.id] })}
                  >
                    {t('identity.split')}
                  </QuietButton>
                )}
                {mayEdit && profile.claimed && (
                  <QuietButton
                    aria-label={t('identity.unclaim_this', { name: shownId(profile.externalId) })}
                    disabled={unclaim.isPending}
                    onClick={() => unclaim.mutate({ id, profileId: profile.id })}
                  >
                    {t('identity.unclaim')}
                  </QuietButton>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <ErrorNote error={split.error ?? unclaim.error ?? together.error} />
    </>
  )
}

/** Names that the house gave say nothing to people; an order's number does. */
function shownId(externalId: string): string {
  if (externalId.startsWith('~') || externalId.startsWith('customer:') || externalId.startsWith('anonymous:')) return ''
  return externalId.replace(/^order:/, '')
}
