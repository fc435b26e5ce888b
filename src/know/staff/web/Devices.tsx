import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { InstantText } from '#web/kit/values.tsx'
import type { Device } from '../contract.ts'
import { staff } from './staff-api.ts'

/** Where one is signed in, and the way to end it. */
export function Devices() {
  const t = useT()
  const queries = useQueryClient()
  const list = useQuery(staff.query.sessions.queryOptions({ input: {} }))
  const ended = {
    onSuccess() {
      notify(t('staff.session_was_ended'))
      return queries.invalidateQueries({ queryKey: staff.query.sessions.key() })
    },
  }
  const end = useMutation({ ...staff.query.endSession.mutationOptions(), ...ended })
  const endOthers = useMutation({ ...staff.query.endOtherSessions.mutationOptions(), ...ended })
  return (
    <Loaded of={list}>
      {({ items }) => (
        <>
          <ul className="lines">
            {items.map((device) => (
              <li key={device.id}>
                <div>
                  <strong>{nameOf(device) || t('staff.unknown_device')}</strong>
                  <span className="soft">
                    {device.ip} · {t('staff.last_seen')} <InstantText at={device.lastSeenAt} />
                  </span>
                </div>
                {device.current ? (
                  <span>{t('staff.this_device')}</span>
                ) : (
                  <QuietButton
                    disabled={end.isPending}
                    aria-label={t('staff.end_session_of', { device: nameOf(device) })}
                    onClick={() => end.mutate({ id: device.id })}
                  >
                    {t('staff.end_session')}
                  </QuietButton>
                )}
              </li>
            ))}
          </ul>
          {items.length > 1 && (
            <QuietButton disabled={endOthers.isPending} onClick={() => endOthers.mutate({})}>
              {t('staff.end_others')}
            </QuietButton>
          )}
          <ErrorNote error={end.error ?? endOthers.error} />
        </>
      )}
    </Loaded>
  )
}

function nameOf(device: Device): string {
  return [device.browser, device.system].filter(Boolean).join(' · ')
}
