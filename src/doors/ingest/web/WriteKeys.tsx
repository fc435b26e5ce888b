import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { CopyField } from '#web/kit/CopyField.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { InstantText } from '#web/kit/values.tsx'
import type { WriteKey } from '../contract.ts'
import { ingest } from './ingest-api.ts'
import { snippetOf } from './snippet.ts'

/** With which keys shops send, those that work first; and the way to end one. */
export function WriteKeys({ of: keys, mayEdit }: { of: readonly WriteKey[]; mayEdit: boolean }) {
  const t = useT()
  const queries = useQueryClient()
  const end = useMutation({
    ...ingest.query.endKey.mutationOptions(),
    onSuccess({ name }) {
      notify(t('ingest.was_ended', { name }))
      return queries.invalidateQueries({ queryKey: ingest.query.keys.key() })
    },
  })
  return (
    <section className="panel" aria-labelledby="write-keys">
      <h2 id="write-keys">{t('ingest.keys')}</h2>
      <p className="soft">{t('ingest.keys_note')}</p>
      {end.error && <ErrorNote error={end.error} />}
      <ul className="write-keys">
        {keys.map((key) => (
          <KeyLine
            key={key.id}
            of={key}
            busy={end.isPending}
            onEnd={mayEdit ? () => end.mutate({ id: key.id }) : undefined}
          />
        ))}
      </ul>
    </section>
  )
}

function KeyLine({ of: key, busy, onEnd }: { of: WriteKey; busy: boolean; onEnd?: () => void }) {
  const t = useT()
  const [ending, setEnding] = useState(false)
  const [using, setUsing] = useState(false)
  const { name, hint, source, place, orders, lastUsedAt, endedAt, shown } = key
  const about = [
    source.name !== name && source.name,
    source.shop,
    t(`ingest.place.${place}`),
    t(orders ? 'ingest.with_orders' : 'ingest.without_orders'),
  ]
  return (
    <li className={endedAt ? 'ended' : undefined}>
      <div>
        <strong>{name}</strong> <code className="soft">…{hint}</code>
        <p>{about.filter(Boolean).join(' · ')}</p>
        <p className="soft">
          {lastUsedAt ? (
            <>
              {t('ingest.last_used')} <InstantText at={lastUsedAt} />
            </>
          ) : (
            t('ingest.never_used')
          )}
        </p>
      </div>
      {endedAt ? (
        <span>{t('ingest.ended')}</span>
      ) : (
        <div className="drop-actions">
          {shown && (
            <QuietButton aria-expanded={using} onClick={() => setUsing(!using)}>
              {t('ingest.snippet')}
            </QuietButton>
          )}
          {onEnd && !ending && (
            <QuietButton aria-label={t('ingest.end_of', { name })} onClick={() => setEnding(true)}>
              {t('ingest.end')}
            </QuietButton>
          )}
        </div>
      )}
      {using && shown && (
        <div className="key-use">
          <CopyField value={snippetOf(location.origin, shown)} label={t('ingest.snippet')} rows={4} />
        </div>
      )}
      {ending && !endedAt && (
        <div className="key-use">
          <p>{t('ingest.end_means')}</p>
          <Button danger autoFocus loading={busy} onClick={onEnd}>
            {t('ingest.end_do')}
          </Button>{' '}
          <QuietButton onClick={() => setEnding(false)}>{t('web.cancel')}</QuietButton>
        </div>
      )}
    </li>
  )
}
