import { useMutation } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Icon } from '#web/kit/icon.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { audit } from './audit-api.ts'

/** Recomputes the newest links of the chain when asked, and gives the anchor to be kept elsewhere. */
export function ChainCheck() {
  const t = useT()
  const check = useMutation(audit.query.verify.mutationOptions())
  const { data } = check
  return (
    <section className="audit-check">
      <p>
        <QuietButton icon="check" disabled={check.isPending} onClick={() => check.mutate({})}>
          {t('audit.check')}
        </QuietButton>
        <span className="soft">{t('audit.check_means')}</span>
      </p>
      <div role="status">
        {data && (
          <div className="note">
            <Icon name={data.ok ? 'check' : 'warning'} />
            <div>
              <p>
                {data.ok
                  ? t('audit.holds', { sealed: data.sealed })
                  : t('audit.broken', { number: data.broken?.number })}{' '}
                {data.unsealed > 0 && t('audit.waiting', { count: data.unsealed })}
              </p>
              {data.ok && data.anchor && (
                <p className="soft">
                  {t('audit.anchor')}
                  <br />
                  <code className="anchor">
                    {data.anchor.number}:{data.anchor.hash}
                  </code>
                </p>
              )}
            </div>
          </div>
        )}
      </div>
      <ErrorNote error={check.error} />
    </section>
  )
}
