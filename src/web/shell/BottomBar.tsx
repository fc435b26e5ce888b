import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useT } from '../i18n.ts'
import { Icon } from '../kit/icon.tsx'
import { type Entry, isWithin } from './navigation.ts'
import { PersonMenu } from './PersonMenu.tsx'

/** At a phone's bottom, within the thumb's reach: the first three areas, search between them, the rest under More. */
export function BottomBar(props: { entries: readonly Entry[]; place: string; onCommand: () => void }) {
  const { entries, place, onCommand } = props
  const t = useT()
  const sheet = useRef<HTMLDialogElement>(null)
  const near = entries.slice(0, 3)
  const far = entries.slice(3)
  // A link of the sheet leads on: the sheet has done its work.
  // biome-ignore lint/correctness/useExhaustiveDependencies: closes when the place changes
  useEffect(() => sheet.current?.close(), [place])

  const tab = (entry: Entry) => (
    <li key={entry.area}>
      <Link to={entry.to} aria-current={isWithin(entry, place) ? 'page' : undefined}>
        <Icon name={entry.icon} size={22} />
        {t(entry.title)}
      </Link>
    </li>
  )
  return (
    <>
      <nav className="bottom-bar" aria-label={t('web.navigation')}>
        <ul>
          {near.slice(0, 2).map(tab)}
          <li>
            <button type="button" onClick={onCommand} aria-haspopup="dialog">
              <Icon name="search" size={22} />
              {t('web.search')}
            </button>
          </li>
          {near.slice(2).map(tab)}
          <li>
            <button
              type="button"
              onClick={() => sheet.current?.showModal()}
              aria-haspopup="dialog"
              aria-current={far.some((entry) => isWithin(entry, place)) || undefined}
            >
              <Icon name="more" size={22} />
              {t('web.more')}
            </button>
          </li>
        </ul>
      </nav>
      <dialog ref={sheet} className="sheet" aria-label={t('web.more')} closedby="any">
        <ul>
          {far.map((entry) => (
            <li key={entry.area}>
              <Link to={entry.to} className="sheet-entry" onClick={() => sheet.current?.close()}>
                <Icon name={entry.icon} />
                {t(entry.title)}
              </Link>
            </li>
          ))}
        </ul>
        <PersonMenu />
        <button type="button" className="sheet-close" onClick={() => sheet.current?.close()}>
          {t('web.close')}
        </button>
      </dialog>
    </>
  )
}
