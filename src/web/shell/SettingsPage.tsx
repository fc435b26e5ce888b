import { Link } from '@tanstack/react-router'
import { useT } from '../i18n.ts'
import { Icon } from '../kit/icon.tsx'
import { PageFrame } from '../kit/PageFrame.tsx'
import { useModules } from '../panels.tsx'
import { useSession } from '../session.ts'
import { pagesOf } from './navigation.ts'
import { PersonMenu } from './PersonMenu.tsx'

/** The list of settings: each module's pages that this person may see, and what is one's own. */
export function SettingsPage() {
  const t = useT()
  const { staff } = useSession()
  const modules = useModules()
  const pages = pagesOf(
    modules.flatMap((module) => module.pages),
    'settings',
    staff.permissions,
  )
  return (
    <PageFrame title={t('web.nav.settings')} narrow>
      <ul className="settings-list">
        {pages.map((page) => (
          <li key={page.path}>
            <Link to={page.path}>
              <span>
                <strong>{t(page.title)}</strong>
                {page.nav?.note && <span className="soft">{t(page.nav.note)}</span>}
              </span>
              <Icon name="forward" size={16} />
            </Link>
          </li>
        ))}
      </ul>
      <section className="settings-own">
        <h2>{t('web.own_settings')}</h2>
        <PersonMenu />
      </section>
    </PageFrame>
  )
}
