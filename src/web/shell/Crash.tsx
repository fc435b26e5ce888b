import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { useT } from '../i18n.ts'
import { EmptyState } from '../kit/EmptyState.tsx'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'
import { problemOf } from '../problem-error.ts'

/** What stands in a page's place when it cannot be shown: not allowed, no answer, or a mistake of the page. */
export function Crash({ error, reset }: ErrorComponentProps) {
  const t = useT()
  const router = useRouter()
  const problem = problemOf(error)
  if (problem.status === 403) {
    return (
      <PageFrame title={t('web.forbidden')}>
        <EmptyState title={t('web.forbidden_means')} />
      </PageFrame>
    )
  }
  const again = () => {
    reset()
    return router.invalidate()
  }
  return (
    <PageFrame title={t('web.app_name')}>
      <ErrorNote error={error} again={again} />
    </PageFrame>
  )
}
