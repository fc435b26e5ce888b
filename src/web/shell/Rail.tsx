import { Link } from '@tanstack/react-router'
import { useT } from '../i18n.ts'
import { Bubble } from '../kit/bubble.tsx'
import { Icon } from '../kit/icon.tsx'
import { useSession } from '../session.ts'
import { type Entry, isWithin } from './navigation.ts'
import { PersonMenu } from './PersonMenu.tsx'
import { Seal } from './Seal.tsx'

/** The calm rail at the left of a wide window. */
export function Rail({
  entries,
  place,
  onCommand,
}: {
  entries: readonly Entry[]
  place: string
  onCommand: () => void
}) {
  const t = useT()
  const { staff, merchant } = useSession()
  const mac = /Mac|iPhone|iPad/.test(navigator.userAgent)
  return (
    <header className="rail">
      <Link to="/" className="rail-brand">
        <Seal />
        <span>{merchant.name}</span>
      </Link>
      <button type="button" className="rail-command" onClick={onCommand} aria-haspopup="dialog">
        <Icon name="search" size={18} />
        <span>{t('web.command')}</span>
        <kbd>{mac ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      <nav aria-label={t('web.navigation')}>
        <ul>
          {entries.map((entry) => (
            <li key={entry.area}>
              <Link to={entry.to} className="rail-entry" aria-current={isWithin(entry, place) ? 'page' : undefined}>
                <Icon name={entry.icon} />
                {t(entry.title)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="rail-person">
        <Bubble
          className="rail-person-button"
          button={
            <>
              <span className="initial" aria-hidden="true">
                {[...staff.name][0]}
              </span>
              <span className="rail-person-name">
                <span className="sr-only">{t('web.menu_of')}</span>
                {staff.name}
              </span>
            </>
          }
        >
          <PersonMenu />
        </Bubble>
      </div>
    </header>
  )
}
