import { Link } from '@tanstack/react-router'
import { useT } from '../i18n.ts'
import { EmptyState } from '../kit/EmptyState.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'

/** An address that no page has, or a thing that is not there. */
export function NotFound() {
  const t = useT()
  return (
    <PageFrame title={t('web.not_found')}>
      <EmptyState title={t('web.not_found_means')} action={<Link to="/">{t('web.to_overview')}</Link>} />
    </PageFrame>
  )
}
