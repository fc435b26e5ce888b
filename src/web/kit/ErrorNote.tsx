import { useT } from '../i18n.ts'
import { problemOf } from '../problem-error.ts'
import { Icon } from './icon.tsx'
import { QuietButton } from './QuietButton.tsx'

/**
 * What happened, what is safe, what to do. Says nothing where there is no error.
 * @example <ErrorNote error={list.error} again={() => list.refetch()} />
 */
export function ErrorNote({ error, again }: { error: unknown; again?: () => unknown }) {
  const t = useT()
  if (!error) return null
  const problem = problemOf(error)
  const unsaid = { 'web.unreachable': true, 'web.server': true, 'web.refused': true, 'web.bug': true }
  const title = problem.title || (problem.code in unsaid ? t(problem.code) : t('web.refused'))
  return (
    <div className="note error" role="alert">
      <Icon name="warning" />
      <div>
        <p>{title}</p>
        {problem.detail && <p className="soft">{problem.detail}</p>}
        {problem.status === 0 && <p className="soft">{t('web.unreachable_safe')}</p>}
        {problem.places
          .filter((place) => place.pointer === '')
          .map((place) => (
            <p key={place.code}>{place.message}</p>
          ))}
        {problem.status >= 500 && problem.instance && (
          <p className="soft">{t('web.request_number', { id: problem.instance })}</p>
        )}
        {again && (
          <div className="note-actions">
            <QuietButton onClick={() => again()}>{t('web.again')}</QuietButton>
          </div>
        )}
      </div>
    </div>
  )
}
