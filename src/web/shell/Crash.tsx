import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { useT } from '../i18n.ts'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'

/** What stands in a page's place when it cannot be shown: no answer, or a mistake of the page. */
export function Crash({ error, reset }: ErrorComponentProps) {
  const t = useT()
  const router = useRouter()
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
