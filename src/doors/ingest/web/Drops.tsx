import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { InstantText } from '#web/kit/values.tsx'
import type { Live } from '../contract.ts'
import { ingest } from './ingest-api.ts'

type Reason = Live['drops'][number]

/** Why messages could not be used, the latest of each, and the way to try them again. */
export function Drops({ of: drops, mayEdit }: { of: readonly Reason[]; mayEdit: boolean }) {
  const t = useT()
  const queries = useQueryClient()
  const [looked, setLooked] = useState<string>()
  const replay = useMutation({
    ...ingest.query.replay.mutationOptions(),
    onSuccess({ replayed }) {
      notify(t('ingest.replayed', { count: replayed }))
      return queries.invalidateQueries({ queryKey: ingest.query.live.key() })
    },
  })
  return (
    <section className="panel" aria-labelledby="incoming-drops">
      <h2 id="incoming-drops">{t('ingest.drops')}</h2>
      {drops.length === 0 && <p className="soft">{t('ingest.drops_none')}</p>}
      {replay.error && <ErrorNote error={replay.error} />}
      <ul className="drops">
        {drops.map(({ reason, count, replayable, last }) => {
          const words = t(`ingest.reason.${reason}`)
          return (
            <li key={reason}>
              <div>
                <p>{words}</p>
                <p className="soft">
                  {t('ingest.drop_count', { count })} · <InstantText at={last} />
                </p>
              </div>
              <div className="drop-actions">
                <QuietButton
                  aria-expanded={looked === reason}
                  aria-label={t('ingest.look_at', { reason: words })}
                  onClick={() => setLooked(looked === reason ? undefined : reason)}
                >
                  {t('ingest.look')}
                </QuietButton>
                {mayEdit && replayable > 0 && (
                  <QuietButton
                    aria-label={t('ingest.replay_of', { reason: words })}
                    disabled={replay.isPending}
                    onClick={() => replay.mutate({ reason })}
                  >
                    {t('ingest.replay')}
                  </QuietButton>
                )}
              </div>
              {looked === reason && <Samples reason={reason} />}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** The last few of a reason, as they came, with what tells of a person hidden. */
function Samples({ reason }: { reason: string }) {
  const t = useT()
  const list = useQuery(ingest.query.drops.queryOptions({ input: { reason, limit: 3 }, refetchInterval: 2_000 }))
  return (
    <div className="drop-samples">
      <p className="soft">{t('ingest.masked')}</p>
      <Loaded of={list}>
        {({ items }) =>
          items.map(({ id, source, subject, tries, droppedAt, message }) => (
            <figure key={id}>
              <figcaption className="soft">
                {source} {subject && `· ${subject}`} · {t('ingest.tries', { count: tries })} ·{' '}
                <InstantText at={droppedAt} />
              </figcaption>
              {message === null ? <p>{t('ingest.too_large_to_keep')}</p> : <pre>{message}</pre>}
            </figure>
          ))
        }
      </Loaded>
    </div>
  )
}
