import { useT } from '../i18n.ts'
import { EmptyState } from '../kit/EmptyState.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'

/** A page that is not part of one's role. */
export function Forbidden() {
  const t = useT()
  return (
    <PageFrame title={t('web.forbidden')}>
      <EmptyState title={t('web.forbidden_means')} />
    </PageFrame>
  )
}
