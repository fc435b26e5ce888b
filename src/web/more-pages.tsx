import { Link } from '@tanstack/react-router'
import { useT } from './i18n.ts'
import type { Area } from './page.ts'
import { useModules } from './panels.tsx'
import { useSession } from './session.ts'
import { pagesOf } from './shell/navigation.ts'

/**
 * The other pages of an area, for its first page: the navigation shows that one alone. On a phone the line is pushed sideways.
 * @example <MorePages area="overview" label={t('metrics.more')} />
 */
export function MorePages({ area, label }: { area: Area; label: string }) {
  const t = useT()
  const permissions = useSession().staff.permissions
  const pages = pagesOf(
    useModules().flatMap((module) => module.pages),
    area,
    permissions,
  ).slice(1)
  if (pages.length === 0) return null
  return (
    <nav className="sections" aria-label={label}>
      <ul>
        {pages.map(({ path, title }) => (
          <li key={path}>
            <Link to={path}>{t(title)}</Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
