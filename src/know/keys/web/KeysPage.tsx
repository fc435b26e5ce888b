import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { ErrorOrProof } from '#web/kit/ErrorOrProof.tsx'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { InstantText } from '#web/kit/values.tsx'
import type { Key } from '../contract.ts'
import { keys } from './keys-api.ts'
import './keys.css'

/** The keys of programs: what each may, when it was last used, and the way to end it. */
export function KeysPage() {
  const t = useT()
  const queries = useQueryClient()
  const list = useQuery(keys.query.list.queryOptions({ input: {} }))
  const revoke = useMutation({
    ...keys.query.revoke.mutationOptions(),
    onSuccess({ name }) {
      notify(t('keys.was_revoked', { name }))
      return queries.invalidateQueries({ queryKey: keys.query.list.key() })
    },
  })
  const make = <LinkButton to="/settings/keys/new">{t('keys.make')}</LinkButton>
  return (
    <PageFrame
      title={t('keys.title')}
      subtitle={t('keys.title_note')}
      back={{ to: '/settings', label: t('web.nav.settings') }}
      action={make}
      narrow
    >
      <ErrorOrProof of={[revoke]} />
      <Loaded of={list}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('keys.none')} example={<code>Authorization: Bearer reg_live_…</code>}>
              {t('keys.none_means')}
            </EmptyState>
          ) : (
            <ul className="keys">
              {items.map((key) => (
                <KeyLine key={key.id} of={key} busy={revoke.isPending} onRevoke={() => revoke.mutate({ id: key.id })} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <p className="soft">
        {t('keys.document')} <a href="/docs/api">/docs/api</a>
      </p>
    </PageFrame>
  )
}

function KeyLine({ of: key, busy, onRevoke }: { of: Key; busy: boolean; onRevoke: () => void }) {
  const t = useT()
  const [ending, setEnding] = useState(false)
  return (
    <li className={key.state === 'good' ? undefined : 'ended'}>
      <div>
        <strong>{key.name}</strong> <code className="soft">…{key.hint}</code>
        <p>
          {key.permissions.map((one) => t(`keys.may.${one}`)).join(' · ')}
          {key.shopIds && ` · ${t('keys.some_shops', { count: key.shopIds.length })}`}
        </p>
        <p className="soft">
          {key.maker.id === null ? t('keys.by_machine') : t('keys.by', { name: key.maker.name })}
          {' · '}
          {key.lastUsedAt ? (
            <>
              {t('keys.last_used')} <InstantText at={key.lastUsedAt} />
            </>
          ) : (
            t('keys.never_used')
          )}
          {key.expiresAt && (
            <>
              {' · '}
              {t('keys.expires')} <InstantText at={key.expiresAt} exact />
            </>
          )}
        </p>
      </div>
      {key.state === 'revoked' || key.state === 'expired' ? (
        <span>{t(`keys.state.${key.state}`)}</span>
      ) : (
        <div className="key-end">
          {key.state === 'maker_gone' && <span>{t('keys.state.maker_gone')}</span>}
          {!ending && (
            <QuietButton aria-label={t('keys.revoke_of', { name: key.name })} onClick={() => setEnding(true)}>
              {t('keys.revoke')}
            </QuietButton>
          )}
        </div>
      )}
      {ending && key.state !== 'revoked' && (
        <div className="key-ending">
          <p>{t('keys.revoke_means')}</p>
          <Button danger autoFocus loading={busy} onClick={onRevoke}>
            {t('keys.revoke_do')}
          </Button>
          <QuietButton onClick={() => setEnding(false)}>{t('web.cancel')}</QuietButton>
        </div>
      )}
    </li>
  )
}
