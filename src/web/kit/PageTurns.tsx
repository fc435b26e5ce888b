import { useT } from '../i18n.ts'
import type { Keyset } from './keyset.ts'
import { QuietButton } from './QuietButton.tsx'

/**
 * Back and on below a list that is walked page by page; nothing where all of it stands on one.
 * @param next the marker of the page after this one
 * @param numbered says which page this is
 */
export function PageTurns({ page, next, numbered }: { page: Keyset; next: string | undefined; numbered?: boolean }) {
  const t = useT()
  if (!page.previous && !next) return null
  return (
    <nav className="ledger-foot" aria-label={t('web.pages')}>
      <QuietButton icon="back" disabled={!page.previous} onClick={page.previous}>
        {t('web.previous')}
      </QuietButton>
      {numbered && <span>{t('web.page_number', { number: page.number })}</span>}
      <QuietButton disabled={!next} onClick={() => next && page.next(next)}>
        {t('web.next')}
      </QuietButton>
    </nav>
  )
}
